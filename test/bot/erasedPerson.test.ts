import { expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namesOf } from '../../bot/views.ts';
import { auditCard } from '../../cards/audit.ts';
import { erasePerson } from '../../data/operations/erasePerson.ts';
import { tracesOf } from '../../data/privacy/traces.ts';
import { openJsonStore } from '../../data/store/json/open.ts';
import { fillStore } from '../support/filledStore.ts';
import { cleo, TENANT } from '../support/people.ts';

test('in cards an erased person is one, in both languages, and the audit says that it was done', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'vl-erased-'));
  const store = await openJsonStore(dir, () => undefined);
  const { id } = (await fillStore(store)).people.cleo;
  await erasePerson(store, await tracesOf({ tenantId: TENANT, of: (kind) => store.records.of(kind, TENANT) }, cleo.mail), '2026-12-01T00:00:00.000Z');
  const record = (await store.contracts.get(TENANT, '12345678'))!;
  const short = id.slice(2, 10).toUpperCase();
  for (const [lang, name, done] of [['en', `Erased person ${short}`, `Personal data erased: Erased person ${short}`], ['ja', `消去された人 ${short}`, `個人データを消去: 消去された人 ${short}`]] as const) {
    const nameOf = await namesOf(store.people, { tenantId: TENANT, lang }, [id]);
    expect([nameOf(id), nameOf(id, 'full')]).toEqual([name, name]);
    expect(JSON.stringify(auditCard(lang, { record, nameOf, page: 0 }))).toContain(done);
  }
  await store.close();
  await rm(dir, { recursive: true });
});
