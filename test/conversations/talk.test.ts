import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, textOf, textOfActivity } from '../support/bot.ts';
import type { Desk } from '../support/desk.ts';
import { botWithDesk, CHANNEL, claimedBy } from '../support/desk.ts';
import type { Who } from '../support/people.ts';
import { anna, bob, cleo, dan, eve, mallory } from '../support/people.ts';

// The person's side: asked for, waited, talked, ended, and back with the bot.

let t: TestBot;
let desk: Desk;
const boot = async (environment: Record<string, string> = {}): Promise<void> => {
  ({ t, desk } = await botWithDesk(environment));
};
beforeEach(() => boot());
afterEach(() => t.stop());

const seenBy = (who: Who): string[] => t.chat(who).map(({ body }) => textOfActivity(body).trim());
const lastOf = (who: Who): string => seenBy(who).at(-1) ?? '';
const standing = (who: Who, id: string): string => textOfActivity(t.chat(who).find((one) => one.id === id)?.body ?? {});
const claimed = (who: Who, question = 'The page stays white'): ReturnType<Desk['ask']> => claimedBy(desk, anna, who, question);

describe('asks for a person', () => {
  test('asked, claimed, talked, closed, solved', async () => {
    const { thread, card } = await desk.ask(cleo, 'The page stays white');
    expect(textOf(desk.briefing(thread)!)).toContain('The page stays white');
    expect(standing(cleo, card)).toContain('next in the queue');
    expect((await t.say(cleo, 'who can give me a VL role?')).sent).not.toHaveLength(0);
    await desk.press(anna, thread, 'Claim');
    expect(lastOf(cleo)).toContain('Anna from the help desk is here now');
    expect(standing(cleo, card)).toContain('talking with Anna');
    expect((await t.say(cleo, 'my roles')).text.trim()).toBe('');
    expect(desk.thread(thread).at(-1)).toBe('Cleo: my roles');
    await desk.write(anna, 'Which browser is it?', thread);
    expect(lastOf(cleo)).toBe('Anna: Which browser is it?');
    const form = await desk.press(anna, thread, 'Close');
    await desk.press(anna, thread, 'Close', { note: 'Role entered' }, CHANNEL, form.inPlace);
    expect(lastOf(cleo)).toContain('Anna closed this conversation: Role entered');
    const over = t.chat(cleo).at(-1)!;
    await t.pressTitle(cleo, cardOf(over.body), 'Solved', { comment: 'Great' }, over.id);
    expect(desk.thread(thread).at(-1)).toContain('Cleo says: solved. “Great”');
    expect(textOf(desk.briefing(thread)!)).toContain('Solved, says the person');
    expect((await t.say(cleo, 'who can give me a VL role?')).sent).not.toHaveLength(0);
  });

  test('what it is about is filled in from the chat', async () => {
    await t.say(cleo, 'I never got the welcome email');
    const form = await t.say(cleo, 'person');
    expect(JSON.stringify(cardOf(form.sent.at(-1)))).toContain('"value":"I never got the welcome email"');
  });

  test('where nothing is known, what is typed next is what it is about; a command is not', async () => {
    await t.say(cleo, 'person');
    const seen = await t.say(cleo, 'Our auditor cannot see contract 12345678');
    expect(seen.text).toContain('next in the queue');
    expect(textOf(desk.briefing(desk.threads().at(-1)!.id)!)).toContain('Our auditor cannot see contract …5678');
    await t.say(eve, 'person');
    expect((await t.say(eve, 'help')).text).toContain('What I can do');
    expect(desk.threads()).toHaveLength(1);
  });

  test('an empty question is refused and nothing is lost; pressed twice there is one talk', async () => {
    const form = await t.say(cleo, 'person');
    const card = cardOf(form.sent.at(-1));
    const refused = await t.pressTitle(cleo, card, 'Talk to a person', { question: '  ', subject: 'roles' }, form.ids.at(-1));
    expect(refused.text).toContain('Please say what it is about');
    expect(JSON.stringify(refused.inPlace)).toContain('"value":"roles"');
    const press = () => t.pressTitle(cleo, card, 'Talk to a person', { question: 'x', subject: 'roles' }, form.ids.at(-1));
    await Promise.all([press(), press(), press()]);
    expect(desk.threads()).toHaveLength(1);
    expect((await t.say(cleo, 'person')).text).toContain('You have a conversation with the help desk already');
  });

  test('in Japanese, with the words of the contract', async () => {
    const form = await t.say(cleo, '担当者');
    const seen = await t.pressTitle(cleo, cardOf(form.sent.at(-1)), '担当者に相談', { question: '画面が真っ白です', subject: 'other' }, form.ids.at(-1));
    expect(seen.text).toContain('次にご案内します');
    const thread = desk.threads().at(-1)!.id;
    await desk.press(anna, thread, 'Claim');
    expect(lastOf(cleo)).toContain('ヘルプ デスクの Anna さんが対応します');
    await t.say(cleo, '終了');
    expect(lastOf(cleo)).toContain('会話を終了しました');
    expect(actionsOf(cardOf(t.chat(cleo).at(-1)?.body)).map((a) => a['title'])).toEqual(expect.arrayContaining(['解決した', '解決しない']));
  });

  test('two wrong answers in a row offer a person, filled in; one does not, nor does one that helped in between', async () => {
    const wrong = async (text: string) => (await t.say(cleo, text)).text;
    expect(await wrong('what is the weather in the mountains of mars')).not.toContain('My answers don’t seem to help');
    const second = await t.say(cleo, 'how do I bake a cake with blue frosting');
    expect(second.text).toContain('My answers don’t seem to help');
    expect(JSON.stringify(second.sent.at(-1))).toContain('how do I bake a cake');
    // In the middle of a guide too, whose step is shown again.
    await t.say(bob, 'register');
    expect((await t.say(bob, 'what is the weather in the mountains of mars')).text).toContain('Step 1/');
    const inGuide = await t.say(bob, 'how do I bake a cake with blue frosting');
    expect(inGuide.text).toContain('Step 1/');
    expect(inGuide.text).toContain('My answers don’t seem to help');
    const rate = async (helpful: boolean) => t.press(eve, { verb: 'rate', entry: 'welcome-mail-missing', helpful });
    await t.say(eve, 'I never got the welcome email');
    await rate(false);
    await rate(true);
    expect((await rate(false)).text).not.toContain('My answers don’t seem to help');
    expect((await rate(false)).text).toContain('My answers don’t seem to help');
  });

  test('cancelled, nothing that is typed is taken for a request', async () => {
    const form = await t.say(cleo, 'person');
    expect(form.text).toContain('or just type it in this chat');
    await t.pressTitle(cleo, cardOf(form.sent.at(-1)), 'Cancel', {}, form.ids.at(-1));
    await t.say(cleo, 'I never got the welcome email');
    expect(desk.threads()).toHaveLength(0);
  });

  test('claimed from the queue, the queue stays a queue', async () => {
    await desk.ask(cleo, 'x');
    const list = await t.say(bob, 'queue');
    const seen = await t.pressTitle(bob, cardOf(list.sent.at(-1)), 'Claim', {}, list.ids.at(-1));
    expect(seen.text).toContain('You claimed this. Reply in its thread.');
    expect(seen.text).toContain('Mine');
  });

  test('without a help desk it is Microsoft’s line; in front of others nobody is asked', async () => {
    expect((await t.say(mallory, 'person')).text).toContain('No help desk is connected');
    const seen = await desk.say(cleo, 'person');
    expect(seen.text).toContain('our own chat');
  });

  test('its place is kept current, and how long it usually takes', async () => {
    const first = await claimed(cleo);
    await t.say(cleo, 'end');
    t.clock.advance(60_000);
    const one = await desk.ask(eve, 'one');
    t.clock.advance(1000);
    const two = await desk.ask(cleo, 'two');
    expect(standing(cleo, two.card)).toContain('number 2 in the queue');
    t.clock.advance(5 * 60_000);
    await desk.press(anna, one.thread, 'Claim');
    expect(standing(cleo, two.card)).toContain('You are next in the queue');
    expect(standing(cleo, two.card)).toMatch(/in about 3 minutes/);
    expect(first.thread).not.toBe(one.thread);
  });
});

describe('office hours', () => {
  test('outside of them it says when, takes the question, and offers Microsoft’s line', async () => {
    await t.stop();
    await boot({ HELP_DESK_HOURS: 'Mon-Fri 09:00-12:00 Asia/Tokyo' });
    const form = await t.say(cleo, 'person', { localTimezone: 'Asia/Tokyo' });
    expect(form.text).toMatch(/back on 11\/24,? 0?9:00/);
    expect(actionsOf(cardOf(form.sent.at(-1))).map((a) => a['title'])).toContain('Microsoft’s VL support');
    const opened = await t.pressTitle(cleo, cardOf(form.sent.at(-1)), 'Talk to a person', { question: 'x', subject: 'other' }, form.ids.at(-1));
    expect(opened.text).toContain('The help desk is back on');
    expect(opened.text).toContain('Help desk hours: Mon–Fri 00:00–03:00');
    expect(desk.threads()).toHaveLength(1);
    // Nobody is reminded at night; in the morning after a quarter of an hour.
    await t.pass(60 * 60_000);
    expect(desk.thread(desk.threads()[0]!.id)).toEqual([]);
    await t.pass(17 * 60 * 60_000 + 16 * 60_000);
    expect(desk.thread(desk.threads()[0]!.id).join()).toContain('Nobody has claimed this yet');
  });
});

describe('ends', () => {
  test('while waiting, by typing or by the button, and is with the bot at once', async () => {
    const { thread, card } = await desk.ask(cleo, 'x');
    await t.say(cleo, 'end');
    expect(lastOf(cleo)).toContain('You left the queue');
    expect(desk.thread(thread).at(-1)).toContain('Cleo has ended the conversation');
    expect((await t.say(cleo, 'end')).text).toContain('no conversation with a help desk to end');
    const again = await desk.ask(cleo, 'y');
    const status = cardOf(t.chat(cleo).find(({ id }) => id === again.card)?.body);
    await t.pressTitle(cleo, status, 'Leave the queue', {}, again.card);
    expect((await t.pressTitle(cleo, status, 'Leave the queue', {}, again.card)).text).toContain('over already');
    expect(card).not.toBe(again.card);
    // Somebody else's button ends nothing.
    const other = await desk.ask(eve, 'z');
    expect((await t.press(cleo, { verb: 'endTalk', ticket: other.ticket })).text).toContain('I know no such conversation');
    expect((await t.press(mallory, { verb: 'endTalk', ticket: other.ticket })).text).toContain('I know no such conversation');
  });

  test('inside a guide: it waits, and goes on afterwards', async () => {
    await t.say(cleo, 'register');
    const at = lastOf(cleo);
    const { thread } = await claimed(cleo);
    expect(textOf(desk.briefing(thread)!)).toContain('Guide so far');
    expect((await t.say(cleo, 'yes')).text.trim()).toBe('');
    expect(desk.thread(thread).at(-1)).toBe('Cleo: yes');
    await t.say(cleo, 'end');
    expect(lastOf(cleo)).toContain('The guide is waiting');
    const seen = await t.pressTitle(cleo, cardOf(t.chat(cleo).at(-1)?.body), 'Continue');
    expect(seen.text).toContain(at.split('\n')[0]);
    expect((await t.say(cleo, 'no')).text).toContain('Step 2/');
  });

  test('rated once, by the person alone; not solved leads on', async () => {
    const { ticket } = await claimed(cleo);
    await t.say(cleo, 'end');
    expect((await t.press(eve, { verb: 'rateTalk', ticket, solved: true })).text).toContain('I know no such conversation');
    expect((await t.press(cleo, { verb: 'rateTalk', ticket, solved: false, comment: 'No' })).text).toContain('talk to a person again');
    await t.press(cleo, { verb: 'rateTalk', ticket, solved: true });
    expect((await t.bot.house.tickets.lastOf(cleo.tenantId, (await t.bot.house.people.byMail(cleo.tenantId, cleo.mail))!.id))!.log.filter(({ kind }) => kind === 'rated')).toHaveLength(1);
  });
});

describe('while a helper has the chat', () => {
  test('the bot is silent: old buttons begin nothing, and nothing comes by itself', async () => {
    const answer = await t.say(cleo, 'I never got the welcome email');
    await t.say(cleo, 'support case');
    await claimed(cleo);
    const before = t.chat(cleo).length;
    const start = actionsOf(cardOf(answer.sent.at(-1))).find((a) => a['verb'] === 'startGuide' || a['verb'] === 'command')!;
    expect((await t.press(cleo, start['data'] as object as Record<string, unknown>)).say).toContain('You are talking with Anna at the moment');
    await t.pass(5 * 60_000);
    expect(t.chat(cleo)).toHaveLength(before);
  });

  test('what the bot would have asked by itself comes when the talk is over', async () => {
    const chat = (await t.bot.house.chats.get(cleo.tenantId, `a:${cleo.id}`)) ?? undefined;
    expect(chat).toBeUndefined();
    await t.say(cleo, 'hello');
    await t.press(cleo, { verb: 'remind', guide: 'waiting', at: new Date(t.clock.now().getTime() + 2 * 60_000).toISOString() });
    const { thread } = await claimed(cleo);
    await desk.write(anna, 'Hello', thread);
    await t.pass(3 * 60_000);
    expect(seenBy(cleo).join()).not.toContain('asked me to check back');
    await t.say(cleo, 'end');
    await t.pass(60_000);
    expect(seenBy(cleo).join()).toContain('asked me to check back');
  });

  test('cards about requests wait too, and come when the talk is over', async () => {
    await claimed(bob, 'x');
    const before = t.chat(bob).length;
    await t.press(cleo, { verb: 'sendRequest', contractId: '12345678', roles: 'benefitsReader', reason: 'y' });
    expect(t.chat(bob)).toHaveLength(before);
    expect(seenBy(anna).join()).toContain('Cleo');
    await t.say(bob, 'end');
    expect(seenBy(bob).join()).toContain('Cleo');
  });

  test('in a channel nobody who does not speak to the bot is answered', async () => {
    const stored = await t.kept.stored();
    expect((await desk.write(cleo, 'who can give me a VL role?', '99')).sent).toEqual([]);
    // Nothing is kept of what was merely overheard, not even who spoke.
    expect(await t.kept.stored()).toBe(stored);
    expect((await desk.say(cleo, 'who can give me a VL role?')).sent).not.toEqual([]);
  });
});

describe('the time', () => {
  test('nobody claims: a reminder, and no other channel to go to', async () => {
    const { thread } = await desk.ask(cleo, 'x');
    await t.pass(14 * 60_000);
    expect(desk.thread(thread)).toEqual([]);
    await t.pass(60_000);
    expect(desk.thread(thread)).toEqual([expect.stringContaining('Nobody has claimed this yet')]);
    await t.pass(60 * 60_000);
    expect(desk.thread(thread)).toHaveLength(1);
  });

  test('nobody claims: then the next channel, with everything', async () => {
    await desk.say(dan, 'use as help desk for roles', '19:roles@thread.tacv2');
    const { thread, card } = await desk.ask(cleo, 'x', { subject: 'registration' });
    await t.pass(15 * 60_000);
    await t.pass(15 * 60_000);
    expect(desk.thread(thread).at(-1)).toContain('Nobody claimed this here. It goes on in VL roles');
    const [moved] = desk.threads('19:roles@thread.tacv2').slice(-1);
    expect(textOfActivity(moved!.body)).toContain('Cleo needs help');
    expect(lastOf(cleo)).toContain('gone to more colleagues');
    expect(standing(cleo, card)).toContain('next in the queue');
    await desk.press(anna, moved!.id, 'Claim', {}, '19:roles@thread.tacv2');
    await desk.write(anna, 'Hello', moved!.id, {}, '19:roles@thread.tacv2');
    expect(lastOf(cleo)).toBe('Anna: Hello');
  });

  test('claimed but silent: the person is told, back to the queue, the colleagues see it', async () => {
    const { thread, card } = await claimed(cleo);
    await t.say(cleo, 'Hello?');
    await t.pass(9 * 60_000);
    expect(standing(cleo, card)).toContain('talking with Anna');
    await t.pass(60_000);
    expect(lastOf(cleo)).toContain('You are in the queue again');
    expect(desk.thread(thread).at(-1)).toContain('back to the queue');
    expect(standing(cleo, card)).toContain('next in the queue');
    await desk.press(bob, thread, 'Claim');
    expect(lastOf(cleo)).toContain('Bob from the help desk');
    await desk.write(bob, 'I am here', thread);
    await t.pass(11 * 60_000);
    expect(standing(cleo, card)).toContain('talking with Bob');
  });

  test('the person is silent: closed by itself, and open again with the next word', async () => {
    const { thread } = await claimed(cleo);
    await desk.write(anna, 'Does it work now?', thread);
    await t.pass(23 * 60 * 60_000);
    expect(lastOf(cleo)).toContain('Does it work now?');
    await t.pass(60 * 60_000);
    expect(lastOf(cleo)).toContain('Write here to go on');
    await t.restart();
    const seen = await t.say(cleo, 'No, still white');
    expect(seen.text).toContain('open again');
    expect(desk.thread(thread).slice(-2)).toEqual([expect.stringContaining('Cleo has written again'), 'Cleo: No, still white']);
    await desk.press(bob, thread, 'Claim');
    await desk.write(bob, 'Let me look', thread);
    expect(lastOf(cleo)).toBe('Bob: Let me look');
  });

  test('closed by itself, a command is the bot’s, and so is everything after the rating', async () => {
    const { thread, ticket } = await claimed(cleo);
    await desk.write(anna, 'Does it work now?', thread);
    await t.pass(24 * 60 * 60_000);
    expect((await t.say(cleo, 'my roles')).text).toContain('My roles');
    await t.press(cleo, { verb: 'rateTalk', ticket, solved: true });
    expect((await t.say(cleo, 'who can give me a VL role?')).sent).not.toHaveLength(0);
    expect(desk.thread(thread).at(-1)).toContain('Cleo says: solved');
  });
});
