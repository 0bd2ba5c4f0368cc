import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { request } from 'node:http';
import type { TestBot } from '../support/bot.ts';
import { baseActivity, testBot } from '../support/bot.ts';
import { anna, cleo } from '../support/people.ts';

let t: TestBot;
beforeAll(async () => {
  t = await testBot();
});
afterAll(() => t.stop());

describe('malformed bodies are a 400, and say nothing of the inside', () => {
  test.each([
    ['an empty object', {}],
    ['no type', { text: 'x' }],
    ['an array', []],
    ['a number', 7],
    ['not JSON', '{"type":'],
    ['no conversation', (b: object) => ({ ...b, type: 'message', conversation: undefined })],
    ['no sender', (b: object) => ({ ...b, type: 'message', from: undefined })],
    ['no recipient', (b: object) => ({ ...b, type: 'message', recipient: {} })],
    ['no service URL', (b: object) => ({ ...b, type: 'message', serviceUrl: 'x' })],
    ['text that is none', (b: object) => ({ ...b, type: 'message', text: { a: 1 } })],
    ['entities that are none', (b: object) => ({ ...b, type: 'message', text: 'x', entities: 'x' })],
  ])('%s', async (_name, body) => {
    const response = await t.post(typeof body === 'function' ? body(baseActivity(t.channel, anna)) : body);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/at .*\.(js|ts)|TypeError|node_modules/);
  });

  test.each([
    ['a number for the locale', { locale: 5 }], ['a number for the id', { id: 5 }], ['a number for the card', { replyToId: 5 }], ['a number for the name', { from: { id: 'x', name: 5 } }],
    ['a number for the type of chat', { conversation: { id: 'x', conversationType: 5 } }], ['a conversation that is no ASCII', { conversation: { id: 'あ' } }], ['a mention that is none', { entities: [{ type: 'mention', text: { toString: 1 } }] }],
  ])('%s is a 400', async (_name, more) => {
    expect((await t.post({ ...baseActivity(t.channel, anna), type: 'message', text: 'help', ...more })).status).toBe(400);
  });

  test.each([
    ['compressed', 'application/json', 'gzip', 'this is not gzip'], ['an upload', 'multipart/form-data; boundary=x', '', '--x\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n--x--\r\n'],
    ['a table', 'text/csv', '', 'a,b'], ['a form', 'application/x-www-form-urlencoded', '', 'a=b'], ['nothing said', '', '', '{}'],
  ])('what is no plain JSON (%s) is refused before it is read, and the bot lives on', async (_name, type, encoding, body) => {
    const response = await t.post(body, { 'content-type': type, ...(encoding === '' ? {} : { 'content-encoding': encoding }) });
    expect(response.status).toBe(415);
    expect((await fetch(`${t.bot.url}/healthz`)).status).toBe(200);
  });

  test.each([['letters', 'a'.repeat(200_000)], ['marks', `${'!'.repeat(200_000)}x`], ['accents', `e${'\u0301'.repeat(80_000)}`], ['blanks', ' '.repeat(200_000)], ['at', '@/'.repeat(90_000)]])('text without end (%s) gets its sentence', async (_name, text) => {
    const seen = await t.say(cleo, text);
    expect(seen.status).toBe(200);
    expect(seen.text).toMatch(/bit long|could not read|少し長すぎる/);
  });

  test('too large a body is refused', async () => {
    expect((await t.post({ ...baseActivity(t.channel, anna), type: 'message', text: 'x'.repeat(400_000) })).status).toBe(413);
  });

  test('activities that mean nothing here are taken and ignored', async () => {
    const before = t.channel.calls.length;
    for (const type of ['typing', 'messageReaction', 'installationUpdate', 'event', 'somethingNew']) {
      expect((await t.post({ ...baseActivity(t.channel, anna), type })).status).toBe(200);
    }
    expect(t.channel.calls).toHaveLength(before);
  });
});

describe('actions that are none', () => {
  test.each([
    { verb: 'nobodyHandlesThis' },
    { verb: 'decide' },
    { verb: 'decide', request: '../../x', version: 1, decision: 'approved' },
    { verb: 'decide', request: 'R-00000001', version: 'x', decision: 'approved' },
    { verb: 'decide', request: 'R-00000001', version: 1, decision: 'both' },
    { verb: '__proto__' },
    { verb: 'list', list: 'users', page: -1, contract: '12345678' },
    { verb: 7 },
    {},
  ])('%j gets a sentence and a 200', async (carried) => {
    const seen = await t.press(cleo, carried);
    expect(seen.status).toBe(200);
    expect(seen.say).toContain('do not know this button');
  });

  test('an unknown invoke gets the error that the protocol has for it', async () => {
    const response = await t.post({ ...baseActivity(t.channel, cleo), type: 'invoke', name: 'task/fetch', value: {} });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ statusCode: 400, type: 'application/vnd.microsoft.error' });
  });

  test('an action without a value, and one with a strange one', async () => {
    for (const value of [undefined, null, 'x', { action: null }, { action: { verb: 'list', data: 'x' } }]) {
      const response = await t.post({ ...baseActivity(t.channel, cleo), type: 'invoke', name: 'adaptiveCard/action', value });
      expect(response.status).toBe(200);
      expect(JSON.stringify(await response.json())).toContain('do not know this button');
    }
  });
});

test('a client without Action.Execute sends a message with the same data, and is answered in the chat', async () => {
  const before = t.channel.calls.length;
  await t.post({ ...baseActivity(t.channel, cleo), type: 'message', text: undefined, value: { verb: 'command', command: 'help' } });
  expect(JSON.stringify(t.channel.calls.slice(before))).toContain('What I can do');
});

test('entities reach the channel whole', async () => {
  const entity = { type: 'https://schema.org/Message', '@type': 'Message', '@context': 'https://schema.org', additionalType: ['AIGeneratedContent'], citation: [{ '@type': 'Claim', position: 1 }] };
  const reference = { serviceUrl: t.channel.url, channelId: 'msteams', conversation: { id: 'a:entities', isGroup: false, conversationType: 'personal', name: '' }, bot: { id: '28:bot', name: 'x' }, user: { id: '29:x', name: 'x' } };
  await t.bot.adapter.continueConversation(reference, async (context) => {
    await context.sendActivity({ type: 'message', text: 'x [1]', entities: [entity] });
  });
  expect(t.channel.calls.at(-1)?.body.entities).toEqual([entity]);
});

describe('turns of one conversation', () => {
  test('run one after the other: twenty at once lose nothing', async () => {
    await t.say(cleo, 'register');
    const start = (await t.bot.house.chats.get(cleo.tenantId, `a:${cleo.id}`))!.version;
    // Each is a turn that reads, changes and saves the same state.
    const seen = await Promise.all(Array.from({ length: 20 }, () => t.say(cleo, 'start over')));
    for (const { text } of seen) expect(text).not.toContain('Something went wrong');
    const chat = (await t.bot.house.chats.get(cleo.tenantId, `a:${cleo.id}`))!;
    expect(chat.version).toBeGreaterThanOrEqual(start + 20);
    expect((chat.dialog as { dialogStack: { state: { rev: number } }[] }).dialogStack[0]?.state.rev).toBe(20);
  });

  test('a duplicate delivery is answered once, at the same time and later; after ten minutes it is a new one', async () => {
    const before = t.channel.calls.length;
    const twice = { id: 'dup-1' };
    await Promise.all([t.say(anna, 'help', twice), t.say(anna, 'help', twice)]);
    await t.say(anna, 'help', twice);
    expect(t.channel.calls.slice(before).filter((call) => call.method === 'POST')).toHaveLength(1);
    t.clock.advance(11 * 60_000);
    await t.kept.ageTurns(11);
    await t.say(anna, 'help', twice);
    expect(t.channel.calls.slice(before).filter((call) => call.method === 'POST')).toHaveLength(2);
  });
});

test('what throws is one sentence with a reference for the person, and nothing of the inside', async () => {
  const { contracts } = t.bot.house;
  const broken = jest.spyOn(contracts, 'ofTenant').mockRejectedValue(new Error('secret path /data/x'));
  try {
    const seen = await t.say(anna, 'my roles');
    expect(seen.status).toBe(200);
    expect(seen.text).toMatch(/Something went wrong.*reference [0-9A-F]{8}/);
    expect(seen.text).not.toContain('secret');
    const pressed = await t.press(anna, { verb: 'list', list: 'contracts', page: 0 });
    expect(pressed.say).toMatch(/reference [0-9A-F]{8}/);
  } finally {
    broken.mockRestore();
  }
});

test('a roster that does not answer holds up nobody: three seconds, then the bot says that it does not know who speaks', async () => {
  const nobody = { ...anna, id: '29:slow', objectId: '99999999-1111-4111-8111-111111111119' };
  t.channel.isSilent = (path) => path.includes('/members/29:slow');
  try {
    expect((await t.say(nobody, 'my roles')).text).toContain('could not find out who you are');
    expect((await t.say(nobody, 'help')).text).toContain('What I can do');
  } finally {
    t.channel.wake();
  }
}, 20_000);

test('only this machine is listened to without an app id', async () => {
  expect(t.bot.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  const status = await new Promise<number>((resolve, reject) => {
    request(`${t.bot.url}/healthz`, (res) => resolve(res.statusCode ?? 0)).on('error', reject).end();
  });
  expect(status).toBe(200);
});
