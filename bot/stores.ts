import { existsSync } from 'node:fs';
import { lockFolder } from '../data/store/json/lock.ts';
import { readJsonStore } from '../data/store/json/read.ts';
import { whereOf } from '../data/store/postgres/connection.ts';
import { occupy } from '../data/store/postgres/occupancy.ts';
import { readPostgresStore } from '../data/store/postgres/read.ts';
import type { StoreReading } from '../data/store/reading.ts';
import type { Store } from '../data/store/store.ts';
import { CannotDo } from './cannotDo.ts';
import type { StoreSettings } from './openStore.ts';
import { migrationsFolder, openStore } from './openStore.ts';

/** A store as a command needs it. */
export interface StoreAccess {
  /** What it is called in sentences. */
  name: string;
  /** Opens it: a folder has one owner, and a database any number. */
  open: (onDamage: (sentence: string) => void) => Promise<Store>;
  /** Opens it while no bot has it, for what writes all of it; once the store is closed, `leave` lets bots in again. */
  openAlone: (onDamage: (sentence: string) => void) => Promise<{ store: Store; leave: () => Promise<void> }>;
  /** Reads it; the bot may run meanwhile. */
  read: () => Promise<StoreReading>;
  /** Keeps bots from it until what is returned is called. */
  hold(): Promise<() => Promise<void>>;
}

/** Every store there is, by the name that the command line has for it. */
const STORES = {
  json: (settings: StoreSettings): StoreAccess => {
    const own = { ...settings, database: undefined };
    const open = opening(own);
    return {
      name: own.dataDir,
      open,
      openAlone: async (onDamage) => ({ store: await open(onDamage), leave: async () => undefined }),
      read: async () => readJsonStore(mustExist(own).dataDir),
      hold: async () => lockFolder(mustExist(own).dataDir),
    };
  },
  postgres: (settings: StoreSettings): StoreAccess => {
    const { database } = settings;
    if (!database) throw new CannotDo('DATABASE_URL is missing: set it to the database, for example postgres://name:password@host/database.');
    const hold = (): Promise<() => Promise<void>> => occupy(database.url, 'alone', () => undefined);
    return {
      name: whereOf(database.url),
      open: opening(settings),
      openAlone: async (onDamage) => {
        const leave = await hold();
        return { store: await opening(settings, true)(onDamage), leave };
      },
      read: () => readPostgresStore(database.url, migrationsFolder()),
      hold,
    };
  },
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
  return storeNamed(settings.database ? 'postgres' : 'json', settings);
}

/** The settings of a store that is there. Throws `CannotDo`; of a database its opening says so. */
export function mustExist(settings: StoreSettings): StoreSettings {
  if (!settings.database && !existsSync(settings.dataDir)) throw new CannotDo(`${settings.dataDir} does not exist. Set DATA_DIR to the bot's folder.`);
  return settings;
}

function opening(settings: StoreSettings, isAlone = false): StoreAccess['open'] {
  return (onDamage) => openStore(settings, { onDamage: ({ what, reason, outcome }) => onDamage(`${what} was damaged (${reason}) and ${outcome}`), onFault: () => undefined }, { isAlone });
}
