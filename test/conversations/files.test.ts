import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { firstBrokenLink } from '../../data/operations/chain.ts';
import type { Seen, TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, testBot } from '../support/bot.ts';
import type { Who } from '../support/people.ts';
import { anna, bob, cleo, CONTRACTS, dan, OTHER_TENANT, TENANT } from '../support/people.ts';

let t: TestBot;
let server: Server;
let address: string;
/** What the file store holds, and what was put there. */
let content: Buffer;
let put: { body: string; headers: Record<string, unknown> }[];
let reply: { status: number; location?: string };
beforeEach(async () => {
  put = [];
  reply = { status: 200 };
  server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      if (req.method === 'PUT') put.push({ body: Buffer.concat(chunks).toString(), headers: req.headers });
      res.writeHead(reply.status, reply.location === undefined ? {} : { location: reply.location });
      res.end(req.method === 'PUT' ? '' : content);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  t = await testBot({ environment: { OPERATORS: dan.mail, FILE_HOSTS: `sharepoint.com,${address}` } });
});
afterEach(async () => {
  await t.stop();
  server.closeAllConnections();
  server.close();
});

const record = async (id = '12345678') => (await t.bot.house.contracts.get(TENANT, id))!;

function sendFile(who: Who, text: string | Buffer, typed = '', url = `http://${address}/file`): Promise<Seen> {
  content = Buffer.from(text);
  return t.say(who, typed, { attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'list.csv', content: { downloadUrl: url, uniqueId: '1', fileType: 'csv' } }] });
}

const LIST = `Display name,Sign-in email,Business email,Roles,Status
Anna,anna@example.com,a@x.com,Administrator,Active
Zoe,zoe@example.com,,Product keys reader;Benefits reader,Active
Kai,kai@example.com,,Administrator,Invitation expired
`;

describe('the list of the admin center', () => {
  test('is compared: here but not there, there but not here, to act on; each accepted by one press', async () => {
    const seen = await sendFile(anna, LIST, '12345678');
    expect(seen.text).toContain('5 differences');
    for (const said of ['bob@example.com', 'Only in this bot', 'zoe@example.com', 'Only in the admin center', 'Invitation expired: reset the invitation']) expect(seen.text).toContain(said);
    const rows = (await record()).reconciliation!.differences;
    const zoes = rows.find((d) => d.mail === 'zoe@example.com' && d.role === 'productKeysReader')!;
    const accepted = await t.press(anna, { verb: 'accept', contract: '12345678', difference: zoes.id });
    expect(accepted.text).toContain('1 difference accepted');
    expect((await record()).assignments.at(-1)).toMatchObject({ role: 'productKeysReader', state: 'active' });
    expect((await t.press(anna, { verb: 'accept', contract: '12345678', difference: zoes.id })).text).toContain('no longer open');
    const all = await t.press(anna, { verb: 'accept', contract: '12345678' });
    expect(all.text).toContain('2 differences accepted');
    // Nobody is removed, and nobody becomes administrator, by the way.
    expect((await record()).assignments).toHaveLength(4);
    for (const { id } of (await record()).reconciliation!.differences.filter((d) => d.acceptedAt === undefined)) await t.press(anna, { verb: 'accept', contract: '12345678', difference: id });
    const mails = await Promise.all((await record()).assignments.map(async (a) => `${(await t.bot.house.people.get(TENANT, a.personId))?.mail} ${a.role}`));
    expect(mails.toSorted()).toEqual(['anna@example.com administrator', 'kai@example.com administrator', 'zoe@example.com benefitsReader', 'zoe@example.com productKeysReader']);
    expect(firstBrokenLink((await record()).events)).toBeUndefined();
    expect((await sendFile(anna, LIST, '12345678')).text).toContain('1 difference.');
  });

  test('what is approved here and Active there needs no other word', async () => {
    await t.press(anna, { verb: 'assign', contractId: '12345678', roles: 'benefitsReader', forMail: 'zoe@example.com' });
    const seen = await sendFile(anna, 'サインイン メール,ロール,状態\nzoe@example.com,特典閲覧者,Active\nanna@example.com,管理者,Active\nbob@example.com,管理者,Active\n');
    expect(seen.text).toContain('in the admin center already');
    await t.pressTitle(anna, cardOf(seen.sent[0]), 'Mark as active');
    expect((await record()).assignments.at(-1)).toMatchObject({ state: 'active', portalStatus: 'active' });
  });

  test('the last administrator is not removed by a list, and a stranger compares nothing', async () => {
    await sendFile(anna, 'Sign-in email,Roles\nzoe@example.com,Benefits reader\n', '12345678');
    const gone = (await record()).reconciliation!.differences.filter((d) => d.kind === 'notThere');
    const said = [];
    for (const { id } of gone) said.push((await t.press(anna, { verb: 'accept', contract: '12345678', difference: id })).text);
    // Not the own right, and Bob's goes because Anna's is left.
    expect(said.join()).toContain('your own Administrator role');
    expect((await record()).assignments.filter((a) => a.role === 'administrator')).toHaveLength(1);
    expect((await sendFile(cleo, LIST, '12345678')).text).toContain('Only an administrator');
    expect((await t.press(cleo, { verb: 'accept', contract: '12345678' })).text).toContain('Only an administrator');
  });

  test.each([
    ['a bad line', 'Sign-in email,Roles\nnobody,Benefits reader\n', 'line'],
    ['an unknown role', 'Sign-in email,Roles\nx@example.com,King\n', 'no role is called'],
    ['no list at all', 'a,b\n1,2\n', 'do not know what to do with this file'],
    ['no text', Buffer.from([0, 1, 2, 3, 255, 254]), 'not text that I can read'],
    ['too large', Buffer.alloc(5_100_000, 97), 'too large'],
  ])('%s changes nothing and is said', async (_name, file, said) => {
    const before = JSON.stringify(await record());
    expect((await sendFile(anna, file, '12345678')).text).toMatch(new RegExp(said === 'line' ? 'These lines are wrong' : said));
    expect(JSON.stringify(await record())).toBe(before);
  });

  test('Shift_JIS of a Japanese spreadsheet is read', async () => {
    // 状態 in Shift_JIS.
    const file = Buffer.concat([Buffer.from('Sign-in email,'), Buffer.from([0x8f, 0xf3, 0x91, 0xd4]), Buffer.from('\nanna@example.com,Active\nbob@example.com,Active\n')]);
    expect((await sendFile(anna, file, '12345678')).text).toContain('no difference');
  });

  test.each(['http://169.254.169.254/latest', 'https://evil.example/sharepoint.com', 'https://sharepoint.com.evil.example/x', 'file:///etc/passwd', 'https://user@sharepoint.com/x', 'no address'])('no file is read from %s', async (url) => {
    expect((await sendFile(anna, LIST, '12345678', url)).text).toContain('only read files');
    expect((await record()).reconciliation).toBeUndefined();
  });

  test('a redirect is not followed', async () => {
    reply = { status: 302, location: `http://${address}/elsewhere` };
    expect((await sendFile(anna, LIST, '12345678')).text).toContain('could not be read');
  });
});

describe('the contract list', () => {
  const file = CONTRACTS.split('\n').filter((line) => !line.includes(OTHER_TENANT)).join('\n').replace('12345678,Contoso Open Value', '12345678,Renamed');

  test('is imported by an operator, and gives the operator no right on any contract', async () => {
    expect((await sendFile(dan, file)).text).toContain('Imported: 0 new, 1 changed, 3 unchanged');
    expect((await record()).contract.name).toBe('Renamed');
    expect((await t.say(dan, 'users 12345678')).text).toContain('Only an administrator');
    expect((await t.say(dan, 'contracts')).text).toContain('You do not administer any contract');
  });

  test('not by anybody else, and never for another tenant', async () => {
    expect((await sendFile(anna, file)).text).toContain('Only an operator');
    expect((await sendFile(dan, CONTRACTS)).text).toContain('of another tenant: 12345678');
    expect((await sendFile(dan, `${file}bad,,,\n`)).text).toContain('Nothing was imported');
    expect((await record()).contract.name).toBe('Contoso Open Value');
  });
});

describe('the history as a file', () => {
  test('goes where the person agrees, with formulas quoted, after the right was asked anew', async () => {
    await t.press(cleo, { verb: 'sendRequest', contractId: '12345678', roles: 'benefitsReader', reason: '=HYPERLINK("http://evil")' });
    const list = await t.say(anna, 'audit 12345678');
    const offered = await t.pressTitle(anna, cardOf(list.sent[0]), 'Download CSV');
    const consent = offered.sent[0]!.attachments![0] as unknown as { contentType: string; content: { acceptContext: object } };
    expect(consent.contentType).toBe('application/vnd.microsoft.teams.card.file.consent');
    const accept = (who: Who): Promise<Seen> => t.press(who, {}, undefined, { name: 'fileConsent/invoke', value: { type: 'fileUpload', action: 'accept', context: consent.content.acceptContext, uploadInfo: { uploadUrl: `http://${address}/up`, contentUrl: 'https://x.sharepoint.com/f', name: 'audit.csv', uniqueId: '1', fileType: 'csv' } } });
    await accept(cleo);
    expect(put).toEqual([]);
    await accept(anna);
    expect(put).toHaveLength(1);
    expect(put[0]!.body).toContain(`'=HYPERLINK`);
    expect(put[0]!.body).toContain('cleo@example.com');
    expect(put[0]!.headers['content-range']).toMatch(/^bytes 0-\d+\/\d+$/);
  });

  test('is not offered to others', async () => {
    expect((await t.press(cleo, { verb: 'auditFile', contract: '12345678', format: 'jsonl' })).text).toContain('Only an administrator');
  });
});

test('health is for operators: numbers and ids, nobody’s roles', async () => {
  await t.press(cleo, { verb: 'sendRequest', contractId: '12345678', roles: 'benefitsReader', reason: 'secret reason' });
  expect((await t.say(bob, 'health')).text).toContain('Only an operator');
  const seen = await t.say(dan, 'health');
  expect(seen.text).toContain('1 requests waiting');
  expect(seen.text).toMatch(/R-[0-9A-Z]{8} \(contract 12345678\): \d (?:person|people) not reached/);
  expect(seen.text).not.toContain('secret reason');
  expect(actionsOf(cardOf(seen.sent[0]))).toEqual([]);
});
