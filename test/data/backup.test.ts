import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { BackupUnusable, readBackup, writeBackup } from '../../data/store/backup.ts';
import { copyStore, proveCopy } from '../../data/store/copy.ts';
import { entriesOf } from '../../data/store/entries.ts';
import { entryDigest, takeInventory } from '../../data/store/inventory.ts';
import { openJsonStore } from '../../data/store/json/open.ts';
import { readJsonStore } from '../../data/store/json/read.ts';
import { verifyStore } from '../../data/store/verify.ts';
import { fillStore } from '../support/filledStore.ts';
import { TENANT } from '../support/people.ts';

const unexpected = (problem: { at: string; reason: string }): boolean => {
  throw new Error(`${problem.at}: ${problem.reason}`);
};

const digestsOf = async (file: string): Promise<string[]> => {
  const digests: string[] = [];
  for await (const entry of readBackup(file)) digests.push(entryDigest(entry));
  return digests;
};

describe('a backup file', () => {
  let dir: string;
  let file: string;
  let whole: Buffer;
  let lines: string[];
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'vl-backup-'));
    const store = await openJsonStore(join(dir, 'data'), () => undefined);
    await fillStore(store);
    await store.close();
    file = join(dir, 'whole.gz');
    await writeBackup(file, entriesOf(readJsonStore(join(dir, 'data')), unexpected), '2026-11-23T06:00:00.000Z');
    whole = await readFile(file);
    lines = gunzipSync(whole).toString().trimEnd().split('\n');
  });
  afterAll(() => rm(dir, { recursive: true }));

  const reading = async (bytes: Buffer | string): Promise<string[]> => {
    const other = join(dir, 'other.gz');
    await writeFile(other, bytes);
    return digestsOf(other);
  };
  const zipped = (some: string[]): Buffer => gzipSync(`${some.join('\n')}\n`);

  test('is JSON Lines with a head and an end, for its owner alone, and nothing half is left beside it', async () => {
    expect(JSON.parse(lines[0]!)).toEqual({ format: 'VL Access backup', version: 1, at: '2026-11-23T06:00:00.000Z' });
    expect(JSON.parse(lines.at(-1)!)).toEqual({ end: { entries: 19, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(dir)).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(await reading(zipped(lines))).toHaveLength(19);
  });

  test('cut anywhere, it is refused; with a bit changed anywhere, it is refused or says the same', async () => {
    const all = await digestsOf(file);
    for (let length = 0; length < whole.length; length += 61) await expect(reading(whole.subarray(0, length))).rejects.toThrow(BackupUnusable);
    // Behind the ten bytes of gzip's own head, which say nothing about the content.
    for (let n = 10; n < whole.length; n += 53) {
      const changed = Buffer.from(whole);
      changed[n] = whole[n]! ^ (1 << (n % 8));
      const read = await reading(changed).catch((error: unknown) => error);
      // A bit may lead the unpacking to another place where the same words stand: then nothing is lost.
      if (read instanceof Error) expect(read).toBeInstanceOf(BackupUnusable);
      else expect(read).toEqual(all);
    }
    expect(await digestsOf(file)).toEqual(all);
  });

  test('what was unpacked, changed and packed again is refused', async () => {
    const changed = lines.map((line) => line.replace('Where is my mail?', 'Where was my mail?'));
    expect(changed).not.toEqual(lines);
    const cut = 'is cut or was changed. Take another backup.';
    await expect(reading(zipped(changed))).rejects.toThrow(cut);
    await expect(reading(zipped(lines.slice(0, -1)))).rejects.toThrow(cut);
    await expect(reading(zipped([...lines.slice(0, 3), ...lines.slice(4)]))).rejects.toThrow(cut);
    await expect(reading(zipped([...lines.slice(0, -1), lines.at(-1)!.replace('"entries":19', '"entries":18')]))).rejects.toThrow(cut);
    await expect(reading(zipped([...lines, lines[1]!]))).rejects.toThrow('goes on behind its end');
    await expect(reading(zipped([lines[0]!, '{"kind":"orders","record":{}}', ...lines.slice(1)]))).rejects.toThrow('holds something that is none of people, contracts');
    await expect(reading(zipped([lines[0]!, '{"kind":"people","record":{"version":1}}', ...lines.slice(1)]))).rejects.toThrow('holds one of people that cannot be read (id: invalid_type');
  });

  test('what is none, or of a newer version, is told apart', async () => {
    const foreign = 'is no backup of this bot.';
    await expect(reading('contract_id,name')).rejects.toThrow(foreign);
    await expect(reading(gzipSync('hello\n'))).rejects.toThrow(foreign);
    await expect(reading(gzipSync(''))).rejects.toThrow(foreign);
    await expect(reading(zipped(lines.slice(1)))).rejects.toThrow(foreign);
    await expect(reading(zipped([lines[0]!.replace('"version":1', '"version":2'), ...lines.slice(1)]))).rejects.toThrow('was written by a newer version of the bot');
    await expect(digestsOf(join(dir, 'nowhere.gz'))).rejects.toThrow('nowhere.gz cannot be read (ENOENT).');
    await expect(digestsOf(dir)).rejects.toThrow('cannot be read (EISDIR).');
  });
});

/** A process of its own that goes on saving: people who are new, and what names them at once. It says each state before it saves it. */
const WRITER = `
  const dist = ${JSON.stringify(join(process.cwd(), 'dist'))};
  const { openJsonStore } = await import(dist + '/data/store/json/open.js');
  const { digestOf } = await import(dist + '/data/store/digest.js');
  const { KINDS } = await import(dist + '/data/store/kinds.js');
  const { appendEvent } = await import(dist + '/data/operations/chain.js');
  const { Ticket } = await import(dist + '/data/model/ticket.js');
  const { newRecord } = await import(dist + '/data/model/record.js');
  const store = await openJsonStore(process.argv[1], () => process.stdout.write('damaged\\n'));
  const tenantId = ${JSON.stringify(TENANT)}, at = '2026-11-23T06:00:00.000Z';
  const say = (kind, record) => process.stdout.write(digestOf(KINDS[kind].schema.parse({ ...record, version: record.version + 1 })) + '\\n');
  for (let n = 0; ; n += 1) {
    const person = await store.people.ensure(tenantId, 'person' + n + '@example.com');
    process.stdout.write(digestOf(person) + '\\n');
    const id = String(1000 + n % 20);
    const contract = await store.contracts.get(tenantId, id) ?? newRecord({ id, tenantId, name: 'x', program: 'EA', cloud: 'public' });
    const events = appendEvent(contract.events.slice(-50).length === 50 ? [] : contract.events, { kind: 'assigned', at, forId: person.id, role: 'benefitsReader' });
    const next = { ...contract, events };
    say('contracts', next);
    await store.contracts.save(next);
    const number = 'T-' + String(10000000 + n % 30);
    const old = await store.tickets.get(tenantId, number);
    const ticket = Ticket.parse({ ...(old ?? { version: 0, id: number, tenantId, name: 'x', mail: person.mail, language: 'en', subject: 'other', question: 'x', briefing: {}, place: { conversationId: 'a', conversation: {} }, log: [] }), personId: person.id, log: [...(old?.log ?? []), { kind: 'opened', at }] });
    say('tickets', ticket);
    await store.tickets.save(ticket);
    // As a bot that waits for its people.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
`;

test('backups while another process writes: each comes back with every history whole, nobody missing, and nothing that was not saved', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'vl-running-'));
  const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, join(dir, 'data')], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const until = async (lines: number): Promise<void> => {
    while (said.split('\n').length < lines) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await until(200);
  const sizes: number[] = [];
  for (let n = 0; n < 3; n += 1) sizes.push(await writeBackup(join(dir, `${n}.gz`), entriesOf(readJsonStore(join(dir, 'data')), unexpected), '2026-11-23T06:00:00.000Z'));
  // A person is said only after the save.
  await until(said.split('\n').length + 10);
  child.kill('SIGKILL');
  await ended;
  const saved = new Set(said.split('\n'));
  expect(saved).not.toContain('damaged');
  // It went on writing meanwhile.
  expect(sizes.at(-1)).toBeGreaterThan(sizes[0]!);
  for (let n = 0; n < sizes.length; n += 1) {
    const file = join(dir, `${n}.gz`);
    expect((await digestsOf(file)).filter((digest) => !saved.has(digest))).toEqual([]);
    const folder = join(dir, `restored-${n}`);
    const store = await openJsonStore(folder, () => undefined);
    const source = { name: file, entries: () => readBackup(file), inventory: await takeInventory(readBackup(file)) };
    expect(await copyStore(source, { name: folder, store, read: async () => readJsonStore(folder) }, { over: false, progress: () => undefined })).toBe(sizes[n]);
    await store.close();
    await proveCopy(source, { name: folder, read: async () => readJsonStore(folder) });
    const found: unknown[] = [];
    expect((await verifyStore(readJsonStore(folder), (finding) => found.push(finding))).events).toBeGreaterThan(30);
    expect(found).toEqual([]);
  }
  await rm(dir, { recursive: true });
}, 120_000);
