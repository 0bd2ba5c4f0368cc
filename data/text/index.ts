import type { Language } from '../model/language.ts';
import type { Text } from './en.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';

export type { Text } from './en.ts';

export const TEXTS: Record<Language, Text> = { ja, en };
