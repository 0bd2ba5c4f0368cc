import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJsonStore } from '../../data/store/json/open.ts';
import { readJsonStore } from '../../data/store/json/read.ts';
import { privacyContract } from '../support/privacyContract.ts';
import { retentionContract } from '../support/retentionContract.ts';
import type { OpenStore } from '../support/wholeStoreContract.ts';
import { wholeStoreContract } from '../support/wholeStoreContract.ts';

const open = async (): Promise<OpenStore> => {
  const folder = await mkdtemp(join(tmpdir(), 'vl-whole-json-'));
  const store = await openJsonStore(folder, () => undefined);
  return {
    store,
    read: async () => readJsonStore(folder),
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
};

wholeStoreContract('The JSON store', open);
privacyContract('The JSON store', open);
retentionContract('The JSON store', open);
