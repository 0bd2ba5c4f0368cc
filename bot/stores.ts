import { existsSync } from 'node:fs';
import { lockFolder } from '../data/store/json/lock.ts';
import { openJsonStore } from '../data/store/json/open.ts';
import { readJsonStore } from '../data/store/json/read.ts';
import type { StoreReading } from '../data/store/reading.ts';
import type { Store } from '../data/store/store.ts';
import type { Settings } from './config.ts';
import { CannotDo } from './exit.ts';

/** A store as a command needs it. */
export interface StoreAccess {
  /** What it is called in sentences. */
  name: string;
  /** Opens it and owns it, where a store has one owner. */
  open: (onDamage: (sentence: string) => void) => Promise<Store>;
  /** Reads it; the bot may run meanwhile. */
  read: () => Promise<StoreReading>;
  /** Keeps the bot from it until what is returned is called, where a store has one owner. */
  hold(): Promise<() => Promise<void>>;
}

type StoreSettings = Pick<Settings, 'dataDir'>;

/** Every store there is, by the name that the command line has for it. */
const STORES = {
  json: ({ dataDir }: StoreSettings): StoreAccess => ({
    name: dataDir,
    open: (onDamage) => openJsonStore(dataDir, ({ file, setAside, reason }) => onDamage(`${file} was damaged (${reason}) and set aside as ${setAside}`)),
    read: async () => readJsonStore(there(dataDir)),
    hold: async () => lockFolder(there(dataDir)),
  }),
};

export type StoreName = keyof typeof STORES;

export function isStoreName(name: string | undefined): name is StoreName {
  return name !== undefined && Object.hasOwn(STORES, name);
}

/** The names of the stores there are. */
export function storeNames(): string[] {
  return Object.keys(STORES);
}

export function storeNamed(name: StoreName, settings: StoreSettings): StoreAccess {
  return STORES[name](settings);
}

/** The store that the bot of these settings uses. */
export function storeOf(settings: StoreSettings): StoreAccess {
  return storeNamed('json', settings);
}

function there(dataDir: string): string {
  if (!existsSync(dataDir)) throw new CannotDo(`${dataDir} does not exist. Set DATA_DIR to the bot's folder.`);
  return dataDir;
}
