import { readdir } from 'node:fs/promises';
import { isMissing } from './errors.ts';

/** The names in a folder; one that is not there holds nothing. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
