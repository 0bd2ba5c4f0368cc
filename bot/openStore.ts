import { join } from 'node:path';
import type { Clock } from '../data/ports.ts';
import { openJsonStore } from '../data/store/json/open.ts';
import { whereOf } from '../data/store/postgres/connection.ts';
import { openPostgresStore } from '../data/store/postgres/open.ts';
import type { Store } from '../data/store/store.ts';
import type { Settings } from './config.ts';
import { packageRoot } from './system.ts';

/** Which of the settings say where records are kept. */
export type StoreSettings = Pick<Settings, 'dataDir' | 'database'>;

/** Something that is stored and cannot be read: where it is, what is wrong with it, and what became of it. Fit for a log. */
export interface Damage {
  what: string;
  reason: string;
  outcome: string;
}

/** What the store tells besides its answers. */
export interface Hears {
  onDamage: (damage: Damage) => void;
  onFault: (fault: Error) => void;
}

/** The schema's steps, which are read from the package wherever the compiled code lies. */
export const migrationsFolder = (): string => join(packageRoot(), 'data/store/postgres/migrations');

/** Opens the store that the settings name: PostgreSQL, or the embedded one. `isAlone`: as `PostgresOptions` has it. Throws as these do. */
export function openStore({ dataDir, database }: StoreSettings, { onDamage, onFault }: Hears, { clock, isAlone = false }: { clock?: Clock; isAlone?: boolean } = {}): Promise<Store> {
  if (!database) return openJsonStore(dataDir, ({ file, reason, setAside }) => onDamage({ what: file, reason, outcome: `set aside as ${setAside}` }), { ...(clock ? { clock } : {}), onFault });
  return openPostgresStore(database.url, {
    migrations: migrationsFolder(),
    poolSize: database.poolSize,
    onDamage: ({ table, tenantId, key, reason }) => onDamage({ what: `a row of ${table} (tenant ${tenantId}, key ${key})`, reason, outcome: 'left out' }),
    onFault,
    isAlone,
  });
}

/** Where the records are, in a sentence. */
export function placeOf({ dataDir, database }: StoreSettings): string {
  return database ? whereOf(database.url) : dataDir;
}
