import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { passTicketTime } from '../../data/operations/passTicketTime.ts';
import type { TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, textOfActivity } from '../support/bot.ts';
import type { Desk } from '../support/desk.ts';
import { botWithDesk, CHANNEL, claimedBy } from '../support/desk.ts';
import type { Who } from '../support/people.ts';
import { anna, bob, cleo, dan, eve, TENANT } from '../support/people.ts';

// What is promised: no message lost, doubled or reordered, whatever the channel and the process do.

let t: TestBot;
let desk: Desk;
beforeEach(async () => {
  ({ t, desk } = await botWithDesk());
});
afterEach(() => t.stop());

const seenBy = (who: Who): string[] => t.chat(who).map(({ body }) => textOfActivity(body).trim());
const claimed = (who: Who, question = 'x'): ReturnType<Desk['ask']> => claimedBy(desk, anna, who, question);
const POST_TO = (conversation: string) => (method: string, path: string): boolean => method === 'POST' && path.includes(`conversations/${conversation}`);
const relayed = (lines: string[], name: string): string[] => lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));

describe('the channel fails', () => {
  test.each([429, 500, 502, 503, 412])('%i: tried again until it takes it, in order, once', async (status) => {
    const { thread } = await claimed(cleo);
    let left = 2;
    t.channel.misbehave = (method, path) => (POST_TO(`a:${cleo.id}`)(method, path) && left-- > 0 ? status : undefined);
    await desk.write(anna, 'one', thread);
    await desk.write(anna, 'two', thread);
    await t.until(() => relayed(seenBy(cleo), 'Anna').length === 2);
    expect(relayed(seenBy(cleo), 'Anna')).toEqual(['one', 'two']);
  });

  test('the answer is lost and the work done: offered, not sent twice, and shown once on demand', async () => {
    const { thread } = await claimed(cleo);
    let drops = 1;
    t.channel.drops = (method, path, raw) => POST_TO(`a:${cleo.id}`)(method, path) && raw.includes('one') && drops-- > 0;
    await desk.write(anna, 'one', thread);
    await desk.write(anna, 'two', thread);
    expect(relayed(seenBy(cleo), 'Anna')).toEqual(['one', 'two']);
    const offer = t.chat(cleo).find(({ body }) => textOfActivity(body).includes('may have arrived already'))!;
    const shown = await t.pressTitle(cleo, cardOf(offer.body), 'Show message', {}, offer.id);
    expect(shown.text).toContain('one');
    // Nobody else's to see.
    const show = actionsOf(cardOf(offer.body))[0]!['data'] as Record<string, unknown>;
    expect((await t.press(eve, show)).say).toContain('I know no such conversation');
  });

  test('deleted meanwhile, it is offered no more', async () => {
    const { thread } = await claimed(cleo);
    let drops = 1;
    t.channel.drops = (method, path, raw) => POST_TO(`a:${cleo.id}`)(method, path) && raw.includes('one') && drops-- > 0;
    await desk.write(anna, 'one', thread, { id: 'h1' });
    expect(seenBy(cleo).join()).toContain('may have arrived already');
    await t.deliver(anna, { type: 'messageDelete', id: 'h1', conversation: { id: `${CHANNEL};messageid=${thread}`, conversationType: 'channel', isGroup: true, tenantId: TENANT } });
    expect(seenBy(cleo).join()).not.toContain('may have arrived already');
  });

  test('to the help desk too: the person’s message is never there twice', async () => {
    const { thread } = await claimed(cleo);
    let drops = 1;
    t.channel.drops = (method, path, raw) => POST_TO(CHANNEL)(method, path) && raw.includes('one') && drops-- > 0;
    await t.say(cleo, 'one');
    await t.say(cleo, 'two');
    expect(relayed(desk.thread(thread), 'Cleo')).toEqual(['one', 'two']);
    const offer = t.standing(`${CHANNEL};messageid=${thread}`).find(({ body }) => textOfActivity(body).includes('may have arrived already'))!;
    const show = actionsOf(cardOf(offer.body))[0]!['data'] as Record<string, unknown>;
    t.channel.outsiders.add(eve.id);
    expect((await t.press(eve, show)).say).toContain('Only members');
    expect((await t.press(anna, show)).text).toContain('one');
  });

  test('the person blocked the bot: the helper gets it back as not delivered, and the talk goes on', async () => {
    const { thread } = await claimed(cleo);
    t.channel.misbehave = (method, path) => (POST_TO(`a:${cleo.id}`)(method, path) ? 403 : undefined);
    await desk.write(anna, 'Are you there?', thread);
    expect(desk.thread(thread).at(-1)).toMatch(/Not delivered: Cleo cannot be reached.*Are you there\?/);
    t.channel.misbehave = undefined;
    await desk.write(anna, 'Now?', thread);
    expect(seenBy(cleo).at(-1)).toBe('Anna: Now?');
  });

  test('the thread is gone: another one begins with the briefing', async () => {
    const { thread } = await claimed(cleo);
    t.channel.misbehave = (method, path) => (POST_TO(`${CHANNEL};messageid=${thread}`)(method, path) ? 404 : undefined);
    await t.say(cleo, 'one');
    const [newer] = desk.threads().slice(-1);
    expect(newer!.id).not.toBe(thread);
    expect(relayed(desk.thread(newer!.id), 'Cleo')).toEqual(['one']);
  });

  test('every thread is refused: one more is begun, not one after the other; and there is an end to it', async () => {
    await claimed(cleo);
    t.channel.misbehave = (method, path) => (method === 'POST' && path.includes(`${CHANNEL};messageid=`) ? 404 : undefined);
    const before = desk.threads().length;
    await t.say(cleo, 'one');
    expect(desk.threads()).toHaveLength(before + 1);
    const ticket = (await t.bot.house.tickets.unsettled())[0]!;
    await t.bot.house.background.idle(5_000);
    const newest = (await t.bot.house.tickets.get(TENANT, ticket.id))!;
    await t.bot.house.tickets.save({ ...newest, desk: { ...newest.desk, tries: 9 } });
    t.clock.advance(31 * 60_000);
    await t.restart();
    await t.until(() => seenBy(cleo).some((line) => line.includes('did not reach the help desk')));
    expect(desk.threads().length).toBeLessThanOrEqual(before + 2);
  });

  test('deleted before it could be delivered, and put back: it arrives', async () => {
    const { thread } = await claimed(cleo);
    t.channel.misbehave = (method, path) => (POST_TO(CHANNEL)(method, path) ? 503 : undefined);
    await t.say(cleo, 'one', { id: 'm1' });
    await t.deliver(cleo, { type: 'messageDelete', id: 'm1' });
    t.channel.misbehave = undefined;
    await t.restart();
    expect(relayed(desk.thread(thread), 'Cleo')).toEqual([]);
    await t.deliver(cleo, { type: 'messageUpdate', id: 'm1', text: 'one', channelData: { eventType: 'undeleteMessage', tenant: { id: TENANT } } });
    await t.until(() => relayed(desk.thread(thread), 'Cleo').length === 1);
    expect(relayed(desk.thread(thread), 'Cleo')).toEqual(['one']);
  });

  test('put back while the answer is lost: offered, not shown twice', async () => {
    const { thread } = await claimed(cleo);
    await desk.write(anna, 'once', thread, { id: 'h1' });
    const where = { conversation: { id: `${CHANNEL};messageid=${thread}`, conversationType: 'channel', isGroup: true, tenantId: TENANT } };
    await t.deliver(anna, { type: 'messageDelete', id: 'h1', ...where });
    let drops = 1;
    t.channel.drops = (method, path, raw) => POST_TO(`a:${cleo.id}`)(method, path) && raw.includes('once') && drops-- > 0;
    await t.deliver(anna, { type: 'messageUpdate', id: 'h1', text: 'once', ...where });
    expect(relayed(seenBy(cleo), 'Anna')).toEqual(['once']);
    const offer = t.chat(cleo).at(-1)!;
    expect((await t.pressTitle(cleo, cardOf(offer.body), 'Show message', {}, offer.id)).text).toContain('once');
  });

  test.each([404, 403, 400])('an edit that the channel answers with %i is left, and everything behind it goes on', async (status) => {
    const { thread } = await claimed(cleo);
    await t.say(cleo, 'one', { id: 'm1' });
    t.channel.misbehave = (method) => (method === 'PUT' ? status : undefined);
    await t.deliver(cleo, { type: 'messageUpdate', id: 'm1', text: 'changed' });
    await t.say(cleo, 'two');
    expect(desk.threads()).toHaveLength(1);
    expect(seenBy(cleo).join()).not.toContain('did not reach');
    expect(relayed(desk.thread(thread), 'Cleo')).toEqual(['one', 'two']);
  });

  test('one message that the channel does not take stops nothing: both sides are told', async () => {
    const { thread } = await claimed(cleo);
    t.channel.misbehave = (method, path, raw) => (POST_TO(CHANNEL)(method, path) && raw.includes('too much') ? 413 : undefined);
    await t.say(cleo, 'too much');
    await t.say(cleo, 'two');
    expect(desk.thread(thread).join()).toContain('could not be shown here');
    expect(relayed(desk.thread(thread), 'Cleo')).toEqual(['two']);
    expect(seenBy(cleo).join()).toContain('did not reach the help desk');
  });

  test('many messages while the channel is away: none comes back as not delivered, all arrive when it is there again', async () => {
    const { thread } = await claimed(cleo);
    t.channel.misbehave = (method, path) => (POST_TO(`a:${cleo.id}`)(method, path) ? 503 : undefined);
    for (let i = 0; i < 25; i += 1) await desk.write(anna, `m${i}`, thread);
    expect(desk.thread(thread).join()).not.toContain('Not delivered');
    t.channel.misbehave = undefined;
    await t.until(() => relayed(seenBy(cleo), 'Anna').length === 25);
    expect(relayed(seenBy(cleo), 'Anna')).toEqual(Array.from({ length: 25 }, (_, i) => `m${i}`));
  });

  test('away for longer than half an hour: then the helper gets it back', async () => {
    const { thread } = await claimed(cleo);
    t.channel.misbehave = (method, path) => (POST_TO(`a:${cleo.id}`)(method, path) ? 503 : undefined);
    await desk.write(anna, 'hello?', thread);
    await t.bot.house.background.idle(5_000);
    const { tickets } = t.bot.house;
    const ticket = (await tickets.byThread(TENANT, CHANNEL, thread))!;
    await tickets.save({ ...ticket, person: { ...ticket.person, tries: 9 } });
    t.clock.advance(31 * 60_000);
    await t.restart();
    await t.until(() => desk.thread(thread).some((line) => line.startsWith('Not delivered')));
    expect(desk.thread(thread).at(-1)).toContain('has not taken it for half an hour');
  });

  test('the answer to the first message is lost: what is written in the thread nobody was told of is not lost without a word', async () => {
    let drops = 1;
    t.channel.drops = (method, path) => method === 'POST' && path.includes(`conversations/${CHANNEL}/`) && drops-- > 0;
    await t.say(cleo, 'person');
    await t.say(cleo, 'It is about an invoice');
    await t.until(() => desk.threads().filter(({ body }) => textOfActivity(body).includes('Cleo')).length === 2);
    const [lost, known] = desk.threads().filter(({ body }) => textOfActivity(body).includes('Cleo'));
    await desk.press(anna, lost!.id, 'Claim');
    expect(seenBy(cleo).join()).toContain('Anna from the help desk');
    expect((await desk.write(anna, 'Hello', lost!.id)).text).toContain('goes on in');
    await desk.write(anna, 'Hello', known!.id);
    expect(seenBy(cleo).at(-1)).toBe('Anna: Hello');
  });

  test('a channel is taken away while people talk: they go to another one, with every word, or are told', async () => {
    const { thread } = await claimed(cleo);
    await desk.say(dan, 'use as help desk', '19:roles@thread.tacv2');
    await desk.say(dan, 'disconnect help desk');
    await t.say(cleo, 'still there?');
    await t.pass(60_000);
    const [moved] = desk.threads('19:roles@thread.tacv2').slice(-1);
    expect(relayed(desk.thread(moved!.id, '19:roles@thread.tacv2'), 'Cleo')).toEqual(['still there?']);
    await t.say(dan, 'disconnect help desk');
    await t.pass(60_000);
    expect(seenBy(cleo).at(-1)).toContain('not available any more');
    expect(thread).not.toBe(moved!.id);
  });

  test('a roster that does not know a helper yet: what was written is not lost without a word', async () => {
    const { thread } = await claimed(cleo);
    t.channel.misbehave = (method, path) => (method === 'GET' && path.includes('/members/') ? 503 : undefined);
    expect((await desk.write(eve, 'Hello', thread)).text).toContain('could not find out just now');
  });

  test('pressed twice because Teams asked again: the answer is sent once', async () => {
    const { thread, ticket } = await claimed(cleo);
    const send = () => t.press(anna, { verb: 'ticket', ticket, move: 'sendAnswer', entry: 'welcome-mail-missing' });
    await Promise.all([send(), send()]);
    expect(seenBy(cleo).filter((line) => line.includes('sends you this answer'))).toHaveLength(1);
    expect(desk.thread(thread).filter((line) => line.includes('sent the answer'))).toHaveLength(1);
  });

  test('what the person writes while waiting for somebody to go on is carried, and answered where the bot can', async () => {
    const { thread } = await claimed(cleo);
    await t.pass(11 * 60_000);
    expect((await t.say(cleo, 'it is the blue laptop of my colleague')).text).toContain('Passed on to the help desk');
    expect(desk.thread(thread).at(-1)).toContain('blue laptop');
    expect((await t.say(cleo, 'who can give me a VL role?')).text).not.toContain('Passed on');
    expect(desk.thread(thread).at(-1)).toContain('who can give me a VL role?');
  });

  test('put back into the queue, a guide that is begun then is typed into, not the help desk', async () => {
    const { thread } = await claimed(cleo);
    await t.pass(11 * 60_000);
    await t.pass(60_000);
    await t.say(cleo, 'support case');
    await t.say(cleo, 'something else');
    expect((await t.say(cleo, '12345678')).text).not.toContain('Passed on');
    expect(desk.thread(thread).join()).not.toContain('12345678');
  });

  test('a help desk of the time when it was one channel is still one', async () => {
    await t.bot.stop();
    await t.kept.rewrite('helpDesks', ({ channels, ...rest }) => {
      const [{ conversation, language, by, at }] = channels as [{ conversation: object; language: string; by: string; at: string }];
      return { ...rest, conversation, language, by, at };
    });
    await t.restart();
    expect((await desk.ask(cleo, 'x')).thread).not.toBe('');
  });

  test('a helper claims at the very moment the time would move it: the helper keeps it', async () => {
    await desk.say(dan, 'use as help desk', '19:roles@thread.tacv2');
    const { thread, ticket } = await desk.ask(cleo, 'x');
    await t.pass(15 * 60_000);
    t.clock.advance(16 * 60_000);
    const stale = (await t.bot.house.tickets.get(TENANT, ticket))!;
    await desk.press(anna, thread, 'Claim');
    await passTicketTime(t.bot.house, await t.bot.house.helpDesks.get(TENANT), stale);
    expect((await t.bot.house.tickets.get(TENANT, ticket))!.log.map(({ kind }) => kind)).toEqual(['opened', 'reminded', 'claimed']);
  });

  test('the help desk’s channel refuses the first message: the next channel gets it', async () => {
    await desk.say(dan, 'use as help desk', '19:roles@thread.tacv2');
    t.channel.misbehave = (method, path) => (POST_TO(`${CHANNEL}/`)(method, path) ? 403 : undefined);
    await t.say(cleo, 'person');
    await t.say(cleo, 'It is about an invoice');
    expect(desk.threads('19:roles@thread.tacv2').filter(({ body }) => textOfActivity(body).includes('Cleo'))).toHaveLength(1);
  });
});

describe('the process', () => {
  test('delivered again, to this process or the next: carried once', async () => {
    const { thread } = await claimed(cleo);
    await t.say(cleo, 'one', { id: 'same' });
    await t.say(cleo, 'one', { id: 'same' });
    await desk.write(anna, 'two', thread, { id: 'same2' });
    await t.restart();
    await t.say(cleo, 'one', { id: 'same' });
    await desk.write(anna, 'two', thread, { id: 'same2' });
    expect(relayed(desk.thread(thread), 'Cleo')).toEqual(['one']);
    expect(relayed(seenBy(cleo), 'Anna')).toEqual(['two']);
  });

  test('what could not be sent before a stop is sent after the next start', async () => {
    const { thread } = await claimed(cleo);
    t.channel.misbehave = (method, path) => (POST_TO(`a:${cleo.id}`)(method, path) || POST_TO(CHANNEL)(method, path) ? 503 : undefined);
    await desk.write(anna, 'one', thread);
    await t.say(cleo, 'two');
    t.channel.misbehave = undefined;
    await t.restart();
    await t.until(() => relayed(seenBy(cleo), 'Anna').length === 1 && relayed(desk.thread(thread), 'Cleo').length === 1);
    expect(relayed(seenBy(cleo), 'Anna')).toEqual(['one']);
    expect(relayed(desk.thread(thread), 'Cleo')).toEqual(['two']);
  });

  test('stopped in the middle of sending: offered, and never sent again by itself', async () => {
    const { ticket } = await claimed(cleo);
    const { tickets } = t.bot.house;
    const now = (await tickets.get(TENANT, ticket))!;
    const n = now.log.length;
    await tickets.save({ ...now, log: [...now.log, { kind: 'replied', at: t.clock.now().toISOString(), source: 's', by: { name: 'Anna' }, content: { text: 'in doubt', files: [], lost: [] } }], person: { ...now.person, next: n, trying: true }, desk: { ...now.desk, next: n + 1 } });
    await t.restart();
    await t.until(() => seenBy(cleo).some((line) => line.includes('may have arrived already')));
    expect(seenBy(cleo).join()).not.toContain('in doubt');
    const offer = t.chat(cleo).at(-1)!;
    expect((await t.pressTitle(cleo, cardOf(offer.body), 'Show message', {}, offer.id)).text).toContain('in doubt');
  });

  test('both write at the same instant, many times: each side has the other’s in order, once', async () => {
    const { thread } = await claimed(cleo);
    const count = 25;
    await Promise.all([
      (async () => { for (let i = 0; i < count; i += 1) await t.say(cleo, `c${i}`); })(),
      (async () => { for (let i = 0; i < count; i += 1) await desk.write(anna, `a${i}`, thread); })(),
    ]);
    await t.until(() => relayed(seenBy(cleo), 'Anna').length >= count && relayed(desk.thread(thread), 'Cleo').length >= count);
    const wanted = (letter: string): string[] => Array.from({ length: count }, (_, i) => `${letter}${i}`);
    expect(relayed(seenBy(cleo), 'Anna')).toEqual(wanted('a'));
    expect(relayed(desk.thread(thread), 'Cleo')).toEqual(wanted('c'));
  });
});

test('ten tickets at once with three helpers: every word at its place, and nobody’s at another’s', async () => {
  const helpers = [anna, bob, dan];
  const people = Array.from({ length: 10 }, (_, n): Who => ({ id: `29:p${n}`, objectId: `b${String(n).padStart(7, '0')}-1111-4111-8111-111111111111`, mail: `p${n}@example.com`, name: `Person ${n}`, tenantId: TENANT }));
  const asked: { thread: string; who: Who; helper: Who }[] = [];
  for (const [n, who] of people.entries()) {
    t.clock.advance(1000);
    asked.push({ thread: (await desk.ask(who, `question ${n}`)).thread, who, helper: helpers[n % 3]! });
  }
  // All three go for every ticket at once; one gets it, whoever that is.
  await Promise.all(asked.flatMap(({ thread }) => helpers.map((helper) => desk.press(helper, thread, 'Claim'))));
  await Promise.all(asked.map(async ({ thread, who, helper }, n) => {
    for (let i = 0; i < 6; i += 1) await Promise.all([t.say(who, `${n}-p${i}`), desk.write(helper, `${n}-h${i}`, thread)]);
  }));
  await t.until(() => asked.every(({ thread, who }) => desk.thread(thread).filter((line) => /-p\d$/.test(line)).length >= 6 && seenBy(who).filter((line) => /-h\d$/.test(line)).length >= 6));
  for (const [n, { thread, who, helper }] of asked.entries()) {
    const claims = (await t.bot.house.tickets.byThread(TENANT, CHANNEL, thread))!.log.filter(({ kind }) => kind === 'claimed');
    expect(claims).toHaveLength(1);
    expect(desk.thread(thread).filter((line) => /-p\d$/.test(line))).toEqual(Array.from({ length: 6 }, (_, i) => `${who.name}: ${n}-p${i}`));
    expect(seenBy(who).filter((line) => /-h\d$/.test(line))).toEqual(Array.from({ length: 6 }, (_, i) => `${helper.name}: ${n}-h${i}`));
  }
}, 60_000);
