import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Seen, TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, testBot, textOfActivity } from '../support/bot.ts';
import type { Who } from '../support/people.ts';
import { anna, cleo, dan, mallory, OTHER_TENANT, TENANT } from '../support/people.ts';

const SEND = 'Send to the help desk';
const CHANNEL = '19:desk@thread.tacv2';

let t: TestBot;
beforeEach(async () => {
  t = await testBot({ environment: { OPERATORS: dan.mail } });
});
afterEach(() => t.stop());

/** Says something in a thread of a team's channel. */
const inChannel = (who: Who, text: string, channel = CHANNEL): Promise<Seen> =>
  t.say(who, `<at>VL Access</at> ${text}`, {
    conversation: { id: `${channel};messageid=17`, conversationType: 'channel', isGroup: true, tenantId: who.tenantId },
    entities: [{ type: 'mention', text: '<at>VL Access</at>', mentioned: { id: '28:bot' } }],
  });

/** What stands at the top of the channel, outside of its threads. */
const atDesk = (): string[] => t.channel.calls.filter(({ conversation, path }) => conversation === CHANNEL && path.endsWith('/activities')).map(({ body }) => textOfActivity(body));

/** The support case to its end; the card with the finished text. */
async function gathered(who: Who): Promise<{ card: ReturnType<typeof cardOf>; on: string }> {
  await t.say(who, 'support case');
  await t.say(who, 'something else');
  await t.say(who, '12345678');
  await t.say(who, 'The page stays white');
  const seen = await t.say(who, 'I don’t know');
  return { card: cardOf(seen.sent.at(-1)), on: seen.ids.at(-1) ?? '' };
}

describe('a channel becomes the help desk', () => {
  test('when an operator says so there, and not when anybody else does', async () => {
    expect((await inChannel(anna, 'use as help desk')).text).toContain('Only an operator');
    expect(actionsOf((await gathered(cleo)).card).map((a) => a['title'])).not.toContain(SEND);
    expect((await inChannel(dan, 'use as help desk')).text).toContain('is the help desk now');
    expect(actionsOf((await gathered(anna)).card).map((a) => a['title'])).toContain(SEND);
  });

  test('only a channel does, and an operator may take it away', async () => {
    expect((await t.say(dan, 'use as help desk')).text).toContain('in the channel of a team');
    await inChannel(dan, 'ここをヘルプデスクにする');
    expect((await t.say(anna, 'disconnect help desk')).text).toContain('Only an operator');
    expect((await t.say(dan, 'disconnect help desk')).text).toContain('No channel is the help desk');
    expect(actionsOf((await gathered(cleo)).card).map((a) => a['title'])).toContain('Talk to a person');
  });
});

describe('what a guide gathered goes to the help desk', () => {
  test('by one press, once, with who it is about', async () => {
    await inChannel(dan, 'use as help desk');
    const { card, on } = await gathered(cleo);
    const pressed = await t.pressTitle(cleo, card, SEND, {}, on);
    expect(pressed.text).toContain('Sent to your help desk');
    expect(pressed.text).toContain('next in the queue');
    expect(atDesk()).toHaveLength(1);
    expect(atDesk()[0]).toContain('Cleo needs help');
    expect(atDesk()[0]).toContain(cleo.mail);
    expect(atDesk()[0]).toContain('The page stays white');
    expect(atDesk()[0]).toContain('…5678');
    expect(atDesk()[0]).not.toContain('12345678');
    const shown = t.chat(cleo).find(({ id }) => id === on)?.body;
    expect(textOfActivity(shown ?? {})).toContain('Sent to your help desk');
    expect(actionsOf(cardOf(shown)).map((a) => a['title'])).not.toContain(SEND);
    await t.restart();
    expect((await t.pressTitle(cleo, card, SEND, {}, on)).text).toContain('Sent to your help desk');
    expect(atDesk()).toHaveLength(1);
  });

  test('ten presses at once send it once', async () => {
    await inChannel(dan, 'use as help desk');
    const { card, on } = await gathered(cleo);
    await Promise.all(Array.from({ length: 10 }, () => t.pressTitle(cleo, card, SEND, {}, on)));
    expect(atDesk()).toHaveLength(1);
  });

  test('a channel that refuses loses nothing: it is sent when it takes it again', async () => {
    await inChannel(dan, 'use as help desk');
    const { card, on } = await gathered(cleo);
    t.channel.misbehave = (_method, path) => (path.includes(CHANNEL) ? 503 : undefined);
    await t.pressTitle(cleo, card, SEND, {}, on);
    expect(atDesk()).toHaveLength(0);
    t.channel.misbehave = undefined;
    await t.restart();
    await t.bot.house.background.idle(10_000);
    expect(atDesk()).toHaveLength(1);
  });

  test('a text of an older guide is not sent for the newer one', async () => {
    await inChannel(dan, 'use as help desk');
    const { card, on } = await gathered(cleo);
    await gathered(cleo);
    expect((await t.pressTitle(cleo, card, SEND, {}, on)).text).toContain('no longer have this text');
    expect(atDesk()).toHaveLength(0);
  });

  test('nothing goes to another tenant’s help desk', async () => {
    await inChannel(dan, 'use as help desk');
    expect(mallory.tenantId).toBe(OTHER_TENANT);
    const { card } = await gathered(mallory);
    expect(actionsOf(card).map((a) => a['title'])).not.toContain(SEND);
    const { run } = (await t.bot.house.chats.get(mallory.tenantId, `a:${mallory.id}`))?.packet ?? {};
    await t.press(mallory, { verb: 'toHelpDesk', run });
    expect(atDesk()).toHaveLength(0);
    expect(await t.bot.house.helpDesks.get(TENANT)).toMatchObject({ tenantId: TENANT });
  });
});
