import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../../data/store/digest.ts';
import { openJsonStore } from '../../data/store/json/open.ts';
import { readJsonStore } from '../../data/store/json/read.ts';
import { KINDS } from '../../data/store/kinds.ts';
import { verifyStore } from '../../data/store/verify.ts';
import { fillStore } from '../support/filledStore.ts';
import { TENANT } from '../support/people.ts';

const FOLDERS = [...Object.keys(KINDS), 'pictures'];

describe('verification of the JSON store', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'vl-verify-'));
    const store = await openJsonStore(dir, () => undefined);
    await fillStore(store);
    await store.close();
  });
  afterEach(() => rm(dir, { recursive: true }));

  const verify = async () => {
    const found: { at: string; reason: string }[] = [];
    const verified = await verifyStore(readJsonStore(dir), (finding) => found.push(finding));
    expect(verified.findings).toBe(found.length);
    return { found, verified };
  };
  const files = async (folder: string): Promise<string[]> => (await readdir(join(dir, folder))).map((name) => join(dir, folder, name));
  const fileWith = async (folder: string, text: string): Promise<string> => {
    for (const file of await files(folder)) if ((await readFile(file, 'utf8')).includes(text)) return file;
    throw new Error(`nothing in ${folder} says ${text}`);
  };

  test('what the bot wrote holds; the bot may have the folder meanwhile', async () => {
    const store = await openJsonStore(dir, () => undefined);
    const { found, verified } = await verify();
    await store.close();
    expect(found).toEqual([]);
    expect(verified).toMatchObject({ records: 5 + 6 + 1 + 1 + 2 + 1 + 2, pictures: 1 });
    expect(verified.events).toBeGreaterThan(10);
    for (const folder of FOLDERS) expect(await files(folder)).not.toEqual([]);
  });

  test('a bit that changed in any file is found and the file named', async () => {
    let flipped = 0;
    for (const folder of FOLDERS) {
      const [file] = await files(folder);
      const whole = await readFile(file!);
      // Every byte of a small file would take minutes: a prime stride meets every kind of place.
      for (let n = 0; n < whole.length; n += whole.length > 500 ? 37 : 7) {
        const damaged = Buffer.from(whole);
        damaged[n] = whole[n]! ^ (1 << (n % 8));
        if (isSameJson(whole, damaged)) continue;
        await writeFile(file!, damaged);
        const { found } = await verify();
        expect({ n, named: found.map(({ at }) => at) }).toEqual({ n, named: expect.arrayContaining([file]) });
        flipped += 1;
      }
      await writeFile(file!, whole);
    }
    expect(flipped).toBeGreaterThan(200);
    expect((await verify()).found).toEqual([]);
  }, 120_000);

  test('a cut file, one in the place of another, an unreadable one', async () => {
    const [first, second] = await files('contracts');
    const whole = await readFile(first!);
    await writeFile(first!, whole.subarray(0, 200));
    expect((await verify()).found).toContainEqual({ at: first, reason: 'it is not JSON' });
    await writeFile(first!, await readFile(second!));
    expect((await verify()).found).toContainEqual({ at: first, reason: 'its content belongs under another file name' });
    await unlink(first!);
    await mkdir(first!);
    expect((await verify()).found).toContainEqual({ at: first, reason: 'it cannot be read (EISDIR)' });
    const [picture] = await files('pictures');
    await writeFile(picture!, (await readFile(picture!)).subarray(0, 10));
    expect((await verify()).found).toContainEqual({ at: picture, reason: expect.stringContaining('it is cut') });
  });

  test('a history that was rewritten with a digest that fits', async () => {
    const file = await fileWith('contracts', 'denied');
    const { digest: _old, ...record } = JSON.parse(await readFile(file, 'utf8')) as { digest: string; events: { act: { kind: string } }[] };
    const at = record.events.findIndex(({ act }) => act.kind === 'denied');
    record.events[at]!.act.kind = 'approved';
    await writeFile(file, JSON.stringify({ ...record, digest: digestOf(record) }));
    expect((await verify()).found).toEqual([{ at: file, reason: expect.stringMatching(new RegExp(`^event ${at + 1} of \\d+ \\(approved, .*\\) does not follow from the one before$`)) }]);
  });

  test('a person who is missing is named with where; so is the person of a ticket', async () => {
    await unlink(await fileWith('people', 'cleo@example.com'));
    const { found } = await verify();
    expect(found).toHaveLength(1);
    expect(found[0]!.reason).toMatch(/^it names person p-[0-9a-f-]+ of tenant aaaaaaaa-.*, who is not there$/);
    await rm(join(dir, 'contracts'), { recursive: true });
    await rm(join(dir, 'ratings'), { recursive: true });
    expect((await verify()).found).toEqual([{ at: await fileWith('tickets', 'Where is my mail'), reason: expect.stringContaining('who is not there') }]);
  });

  test('what is no file of the store, what was set aside, what a kill left; not what is being written', async () => {
    const [first] = await files('contracts');
    const aside = `${first}.damaged-2026-11-23T060000.000Z`;
    await writeFile(aside, 'x');
    await writeFile(join(dir, 'tickets', 'notes.txt'), 'x');
    await writeFile(join(dir, 'pictures', 'x.txt'), 'x');
    await writeFile(`${first}.123456`, '{"cut');
    await writeFile(`${first}.654321`, '{"cut');
    await utimes(`${first}.123456`, new Date(0), new Date(0));
    const { found } = await verify();
    expect(found).toHaveLength(4);
    expect(found).toContainEqual({ at: aside, reason: expect.stringContaining('set aside as damaged') });
    expect(found).toContainEqual({ at: join(dir, 'tickets', 'notes.txt'), reason: 'it is no file of the store' });
    expect(found).toContainEqual({ at: join(dir, 'pictures', 'x.txt'), reason: 'it is no file of the store' });
    expect(found).toContainEqual({ at: `${first}.123456`, reason: expect.stringContaining('half-written') });
  });

  test('a record of the time before digests holds, and has one after its next save', async () => {
    const file = await fileWith('people', 'cleo@example.com');
    const { digest, ...record } = JSON.parse(await readFile(file, 'utf8')) as { digest: string; id: string; tenantId: string };
    await writeFile(file, JSON.stringify(record));
    expect((await verify()).found).toEqual([]);
    const store = await openJsonStore(dir, () => undefined);
    await store.people.save((await store.people.get(record.tenantId, record.id))!);
    await store.close();
    const saved = JSON.parse(await readFile(file, 'utf8')) as { digest: string };
    expect(saved.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(saved.digest).not.toBe(digest);
    expect((await verify()).found).toEqual([]);
  });

  test('a line of the journal that is broken; not its end, which a kill has cut', async () => {
    const store = await openJsonStore(dir, () => undefined);
    await store.people.ensure(TENANT, 'new@example.com');
    const journal = (await files('journal')).toSorted().at(-1)!;
    const whole = await readFile(journal, 'utf8');
    expect(whole).toContain('new@example.com');
    await store.close();
    const killed = `${dir}/journal/00000009.log`;
    await writeFile(killed, whole.slice(0, -20));
    expect((await verify()).found).toEqual([]);
    // Nobody is writing it any more.
    await utimes(killed, new Date(0), new Date(0));
    expect((await verify()).found).toEqual([{ at: killed, reason: expect.stringContaining('its end is cut') }]);
    await writeFile(killed, whole.replace('new@', 'old@'));
    expect((await verify()).found).toEqual([{ at: killed, reason: expect.stringContaining('a line of it is damaged') }]);
  });

  test('a bit that changed anywhere in the journal is found and its file named', async () => {
    const store = await openJsonStore(dir, () => undefined);
    for (const mail of ['new@example.com', 'newer@example.com']) await store.people.ensure(TENANT, mail);
    const journal = (await files('journal')).toSorted().at(-1)!;
    const whole = await readFile(journal);
    await store.close();
    const killed = `${dir}/journal/00000009.log`;
    for (let n = 0; n < whole.length; n += 1) {
      const damaged = Buffer.from(whole);
      damaged[n] = whole[n]! ^ (1 << (n % 8));
      await writeFile(killed, damaged);
      const found: string[] = [];
      for await (const { at, isLoss } of readJsonStore(dir).strays()) if (isLoss) found.push(at);
      expect({ n, found }).toEqual({ n, found: [killed] });
    }
  });

  test('what is in the journal alone is read', async () => {
    const store = await openJsonStore(dir, () => undefined);
    const { id } = await store.people.ensure(TENANT, 'new@example.com');
    const [gap] = await store.gaps.ofTenant(TENANT);
    await store.gaps.remove(gap!);
    const found: string[] = [];
    for (const kind of ['people', 'gaps'] as const) for await (const { record } of readJsonStore(dir).of(kind)) found.push('id' in record! ? record.id : record!.question);
    await store.close();
    expect(found).toContain(id);
    expect(found).not.toContain(gap!.question);
    expect(found).toHaveLength(8);
  });

  test('a file that changed its name', async () => {
    const [first] = await files('gaps');
    await rename(first!, join(dir, 'gaps', 'xother.json'));
    expect((await verify()).found).toEqual([{ at: join(dir, 'gaps', 'xother.json'), reason: 'its content belongs under another file name' }]);
  });
});

/** A blank that became another blank changes nothing. */
function isSameJson(a: Buffer, b: Buffer): boolean {
  try {
    return JSON.stringify(JSON.parse(a.toString('utf8'))) === JSON.stringify(JSON.parse(b.toString('utf8')));
  } catch {
    return false;
  }
}
