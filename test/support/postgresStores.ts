import type { DamagedRow } from '../../data/store/postgres/damage.ts';
import { openPostgresStore } from '../../data/store/postgres/open.ts';
import type { Store } from '../../data/store/store.ts';

export const MIGRATIONS = 'data/store/postgres/migrations';

/** Stores on one database, each as a process of its own would have it. */
export interface SharedDatabase {
  url: string;
  open(): Promise<Store>;
  damages: DamagedRow[];
  faults: Error[];
  close(): Promise<void>;
}

export function sharedDatabase(url: string): SharedDatabase {
  const opened: Store[] = [];
  const damages: DamagedRow[] = [];
  const faults: Error[] = [];
  return {
    url,
    damages,
    faults,
    open: async () => {
      const store = await openPostgresStore(url, { migrations: MIGRATIONS, onDamage: (damage) => damages.push(damage), onFault: (fault) => faults.push(fault) });
      opened.push(store);
      return store;
    },
    close: async () => {
      for (const store of opened.splice(0)) await store.close();
    },
  };
}
