import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { draftsAsMarkdown, draftsIn } from '../../bot/desk/draft.ts';
import type { Seen, TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, testBot, textOf, textOfActivity } from '../support/bot.ts';
import type { Desk } from '../support/desk.ts';
import { botWithDesk, CHANNEL, claimedBy, deskOf, ROLES_CHANNEL } from '../support/desk.ts';
import type { Who } from '../support/people.ts';
import { anna, bob, cleo, dan, eve, mallory, OTHER_TENANT, TENANT } from '../support/people.ts';

// The help desk's side: one thread a ticket, and what may be done there by whom.

let t: TestBot;
let desk: Desk;
beforeEach(async () => {
  ({ t, desk } = await botWithDesk());
});
afterEach(() => t.stop());

const lastOf = (who: Who): string => textOfActivity(t.chat(who).at(-1)?.body ?? {}).trim();
const claimed = (who: Who, question = 'The page stays white'): ReturnType<Desk['ask']> => claimedBy(desk, anna, who, question);
const titles = (card: Record<string, unknown> | undefined): unknown[] => actionsOf(card).map((a) => a['title']);
const ticketOf = async (id: string) => (await t.bot.house.tickets.get(TENANT, id))!;

describe('a channel becomes the help desk', () => {
  test('for a subject or a language, and only an operator says so', async () => {
    expect((await desk.say(anna, 'use as help desk for roles', ROLES_CHANNEL)).text).toContain('Only an operator');
    expect((await desk.say(dan, 'use as help desk for lottery', ROLES_CHANNEL)).text).toContain('I did not get what this channel is for');
    expect((await desk.say(dan, 'use as help desk for roles', ROLES_CHANNEL)).text).toContain('help desk for Roles and contracts now');
    await desk.say(dan, 'ヘルプデスクにする 日本語', '19:ja@thread.tacv2');
    await desk.ask(cleo, 'About a role', { subject: 'roles' });
    expect(desk.threads(ROLES_CHANNEL).filter(({ body }) => textOfActivity(body).includes('Cleo'))).toHaveLength(1);
    await t.say(eve, '担当者');
    await t.say(eve, '画面が真っ白です');
    const [japanese] = desk.threads('19:ja@thread.tacv2').slice(-1);
    expect(textOfActivity(japanese!.body)).toContain('Eve さんからの相談');
  });

  test('in the channel it is taken away alone, in the own chat all of them', async () => {
    await desk.say(dan, 'use as help desk', ROLES_CHANNEL);
    await desk.say(dan, 'disconnect help desk', ROLES_CHANNEL);
    expect((await t.bot.house.helpDesks.get(TENANT))!.channels.map(({ id }) => id)).toEqual([CHANNEL]);
    expect((await t.say(dan, 'disconnect help desk')).text).toContain('No channel is the help desk any more');
    expect((await t.say(cleo, 'person')).text).toContain('No help desk is connected');
  });

  test('by setting, without a word of anybody', async () => {
    await t.stop();
    t = await testBot({ environment: { HELP_DESK_CHANNELS: `${CHANNEL},${ROLES_CHANNEL}=roles`, HELP_DESK_SERVICE_URL: 'http://127.0.0.1:9/', HELP_DESK_TENANT: TENANT } });
    expect((await t.bot.house.helpDesks.get(TENANT))!.channels).toMatchObject([{ id: CHANNEL }, { id: ROLES_CHANNEL, only: 'roles' }]);
  });
});

describe('the briefing', () => {
  test('who, language, question, answers given and rejected, guide, contracts but for the last four, open request, since when', async () => {
    await t.say(cleo, 'I never got the welcome email');
    await t.press(cleo, { verb: 'rate', entry: 'welcome-mail-missing', helpful: false });
    await t.press(cleo, { verb: 'sendRequest', contractId: '12345678', roles: 'benefitsReader', reason: 'x' });
    await t.say(cleo, 'register');
    await t.say(cleo, 'no');
    await t.say(cleo, '2');
    const { thread } = await desk.ask(cleo, 'My key is ABCDE-12345-FGHIJ-67890-KLMNO, and it does not work');
    const text = textOf(desk.briefing(thread)!);
    expect(text).toContain('Cleo needs help');
    expect(text).toContain(cleo.mail);
    expect(text).toContain('English');
    expect(text).not.toContain('ABCDE');
    expect(text).toMatch(/did not help/);
    expect(text).toMatch(/First registration › No/);
    expect(text).toContain('…5678');
    expect(text).not.toContain('12345678');
    expect(text).toMatch(/R-[0-9A-Z]{8}/);
    expect(text).toContain('waiting since');
    const transcript = await desk.press(anna, thread, 'Transcript');
    expect(transcript.text).toContain('Cleo: I never got the welcome email');
    expect(transcript.text).toContain('Bot: ');
    expect((await desk.press(anna, thread, 'Back', {}, CHANNEL, transcript.inPlace)).text).toContain('Cleo needs help');
  });

  test.each(['契約 １２３４５６７８ です', 'contract 1234-5678', '12345678'])('a contract ID is masked in every shape: %s', async (question) => {
    const { thread } = await desk.ask(cleo, question);
    expect(textOf(desk.briefing(thread)!)).toContain('…5678');
    expect(textOf(desk.briefing(thread)!).normalize('NFKC').replaceAll('-', '')).not.toContain('12345678');
  });

  test('what was said before is kept without secrets', async () => {
    await t.say(cleo, 'my password is Hunter2!x and I cannot sign in');
    const { ticket } = await desk.ask(cleo, 'x');
    expect(JSON.stringify(await ticketOf(ticket))).not.toContain('Hunter2');
  });
});

describe('two helpers', () => {
  test('claim at once: one gets it, the other is told', async () => {
    const { thread } = await desk.ask(cleo, 'x');
    const both = await Promise.all([desk.press(anna, thread, 'Claim'), desk.press(bob, thread, 'Claim')]);
    const told = both.map(({ say }) => say).filter((say) => say !== undefined);
    expect(told).toEqual([expect.stringMatching(/Somebody was faster: (Anna|Bob) has claimed this/)]);
    expect((await t.bot.house.tickets.ofTenant(TENANT))[0]!.log.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
  });

  test('who has it presses again: nothing happens twice', async () => {
    const { thread, ticket } = await claimed(cleo);
    expect((await t.press(anna, { verb: 'ticket', ticket, move: 'claim' })).inPlace).toBeDefined();
    expect(desk.thread(thread).filter((line) => line.includes('has claimed'))).toHaveLength(1);
  });

  test('assign to a colleague, who is mentioned; the person hears who it is', async () => {
    const { thread } = await claimed(cleo);
    const form = await desk.press(anna, thread, 'Assign');
    expect(JSON.stringify(form.inPlace)).toContain(bob.objectId);
    await desk.press(anna, thread, 'Assign', { to: bob.objectId }, CHANNEL, form.inPlace);
    expect(lastOf(cleo)).toContain('Bob from the help desk');
    const said = t.standing(`${CHANNEL};messageid=${thread}`).at(-1)!.body;
    expect(said.text).toContain('Anna has assigned this to');
    expect(said.entities).toMatchObject([{ type: 'mention', mentioned: { id: bob.objectId } }]);
    const nobody = await desk.press(anna, thread, 'Assign', { to: 'nobody@example.com' }, CHANNEL, form.inPlace);
    expect(nobody.say).toContain('no such member');
  });

  test('transfer to another channel with a note: a thread of its own, the old one says so', async () => {
    await desk.say(dan, 'use as help desk for roles', ROLES_CHANNEL);
    const { thread } = await claimed(cleo);
    await t.say(cleo, 'one');
    const form = await desk.press(anna, thread, 'Transfer');
    await desk.press(anna, thread, 'Transfer', { to: ROLES_CHANNEL, note: 'Needs the portal' }, CHANNEL, form.inPlace);
    expect(desk.thread(thread).at(-1)).toContain('Anna has passed this on. It goes on in VL roles');
    const [moved] = desk.threads(ROLES_CHANNEL).slice(-1);
    expect(textOfActivity(moved!.body)).toContain('Anna: Needs the portal');
    expect(lastOf(cleo)).toContain('Anna has passed your question on');
    await desk.press(bob, moved!.id, 'Claim', {}, ROLES_CHANNEL);
    await t.say(cleo, 'two');
    expect(desk.thread(moved!.id, ROLES_CHANNEL).at(-1)).toBe('Cleo: two');
    expect(desk.thread(thread).at(-1)).not.toContain('two');
    // What is written in the thread it left goes nowhere, and that is said there.
    expect(titles(desk.briefing(thread))).toEqual(['Open the thread']);
    expect((await desk.write(anna, 'still there?', thread)).sent).toEqual([]);
    expect((await desk.say(anna, 'still there?', CHANNEL, thread)).text).toContain('goes on in VL roles');
    expect(lastOf(cleo)).not.toContain('still there');
    expect((await desk.press(bob, moved!.id, 'Transcript', {}, ROLES_CHANNEL)).text).toContain('Cleo: one');
  });

  test('after a transfer edits go to where the talk is now; what is deleted is deleted where it stands', async () => {
    await desk.say(dan, 'use as help desk for roles', ROLES_CHANNEL);
    const { thread } = await claimed(cleo);
    await t.say(cleo, 'one', { id: 'm1' });
    await t.say(cleo, 'two', { id: 'm2' });
    const form = await desk.press(anna, thread, 'Transfer');
    await desk.press(anna, thread, 'Transfer', { to: ROLES_CHANNEL }, CHANNEL, form.inPlace);
    const [moved] = desk.threads(ROLES_CHANNEL).slice(-1);
    await t.deliver(cleo, { type: 'messageUpdate', id: 'm1', text: 'one, corrected' });
    await t.deliver(cleo, { type: 'messageDelete', id: 'm2' });
    expect(desk.thread(moved!.id, ROLES_CHANNEL)).toContain('Cleo: one, corrected');
    expect(desk.thread(thread).join()).not.toContain('corrected');
    expect(desk.thread(thread).join()).not.toContain('Cleo: two');
  });

  test('the queue shown in a ticket’s thread takes nothing of it', async () => {
    const first = await claimed(cleo);
    await desk.ask(eve, 'y');
    const shown = await desk.say(bob, 'queue', CHANNEL, first.thread);
    const claim = actionsOf(cardOf(shown.sent.at(-1))).find((a) => a['title'] === 'Claim')!;
    await t.press(bob, claim['data'] as Record<string, unknown>, shown.ids.at(-1), { conversation: { id: `${CHANNEL};messageid=${first.thread}`, conversationType: 'channel', tenantId: TENANT } });
    expect(lastOf(eve)).toContain('Bob from the help desk');
    await desk.write(anna, 'still with you', first.thread);
    expect(lastOf(cleo)).toBe('Anna: still with you');
    expect(textOf(desk.briefing(first.thread)!)).toContain('Cleo needs help');
  });

  test('back to the queue by hand', async () => {
    const { thread } = await claimed(cleo);
    await desk.press(anna, thread, 'Back to the queue');
    expect(lastOf(cleo)).toContain('in the queue again');
    expect(desk.thread(thread).at(-1)).toContain('Anna has put this back');
    expect(titles(desk.briefing(thread))).toContain('Claim');
  });
});

describe('only members of the team', () => {
  test('act, read and write; it is asked at the time of acting', async () => {
    const { thread, ticket } = await claimed(cleo);
    t.channel.outsiders.add(eve.id);
    for (const move of ['claim', 'release', 'move', 'assign', 'close', 'transcript', 'briefing', 'answers', 'sendAnswer', 'roleForm', 'draft']) {
      expect([move, (await t.press(eve, { verb: 'ticket', ticket, move, entry: 'welcome-mail-missing', to: CHANNEL })).say]).toEqual([move, expect.stringContaining('Only members')]);
    }
    expect((await desk.write(eve, 'Hello, I am the boss', thread)).sent).toEqual([]);
    expect((await desk.say(eve, 'Hello, I am the boss', CHANNEL, thread)).text).toContain('Only members');
    expect((await desk.say(eve, 'queue')).text).toContain('Only members');
    expect((await t.press(eve, { verb: 'queue', show: 'all' })).say).toContain('Only members');
    expect(lastOf(cleo)).not.toContain('boss');
    // Anna leaves the team: from then on she cannot.
    t.channel.outsiders.add(anna.id);
    expect((await desk.write(anna, 'Bye', thread)).text).toContain('Only members');
    expect(lastOf(cleo)).not.toContain('Bye');
    expect((await ticketOf(ticket)).log.map(({ kind }) => kind)).toEqual(['opened', 'claimed']);
  });

  test('the person cannot do it, nor anybody of another tenant', async () => {
    const { thread, ticket } = await claimed(cleo);
    t.channel.outsiders.add(cleo.id);
    expect((await t.press(cleo, { verb: 'ticket', ticket, move: 'transcript' })).say).toContain('Only members');
    expect((await t.press(mallory, { verb: 'ticket', ticket, move: 'close' })).say).toContain('I know no such conversation');
    await desk.write(mallory, 'From elsewhere', thread);
    expect(lastOf(cleo)).not.toContain('elsewhere');
    expect((await desk.say(mallory, 'queue')).text).toContain('No help desk is connected');
    expect(OTHER_TENANT).not.toBe(TENANT);
  });

  test('a roster that does not answer lets nobody in, and says so', async () => {
    const { thread } = await claimed(cleo);
    t.channel.misbehave = (method, path) => (method === 'GET' && path.includes('/members/') ? 503 : undefined);
    expect((await desk.write(anna, 'Hello', thread)).text).toContain('could not find out just now');
    t.channel.misbehave = undefined;
    await desk.write(anna, 'Hello', thread);
    expect(lastOf(cleo)).toBe('Anna: Hello');
  });
});

describe('what a helper writes', () => {
  test('before anybody has it: nothing goes to the person, and who asks the bot is told', async () => {
    const { thread } = await desk.ask(cleo, 'x');
    const before = t.chat(cleo).length;
    expect((await desk.write(anna, 'who takes this?', thread)).sent).toEqual([]);
    expect((await desk.say(anna, 'Hello Cleo', CHANNEL, thread)).text).toContain('Claim it first');
    expect(t.chat(cleo)).toHaveLength(before);
  });

  test('notes never reach the person, in any spelling', async () => {
    const { thread, ticket } = await claimed(cleo);
    const before = t.chat(cleo).length;
    for (const note of ['// secret', '//secret', '／／ 内密']) await desk.write(anna, note, thread);
    await desk.say(anna, '// with a mention', CHANNEL, thread);
    expect(t.chat(cleo)).toHaveLength(before);
    expect((await ticketOf(ticket)).log.filter(({ kind }) => kind === 'noted')).toHaveLength(4);
    expect((await desk.press(anna, thread, 'Transcript')).text).toContain('// secret');
  });

  test('a note stays one behind the mention of a colleague, and a message that is edited into one is taken back', async () => {
    const { thread, ticket } = await claimed(cleo);
    const at = { conversation: { id: `${CHANNEL};messageid=${thread}`, conversationType: 'channel', isGroup: true, tenantId: TENANT } };
    await desk.write(anna, '<at>Bob</at> // she is difficult', thread, { entities: [{ type: 'mention', text: '<at>Bob</at>', mentioned: { id: bob.id, name: 'Bob' } }] });
    await desk.write(anna, 'she is difficult', thread, { id: 'e1' });
    expect(lastOf(cleo)).toBe('Anna: she is difficult');
    await t.deliver(anna, { type: 'messageUpdate', id: 'e1', text: '// she is difficult', ...at });
    expect(t.chat(cleo).map(({ body }) => textOfActivity(body)).join()).not.toContain('difficult');
    expect((await ticketOf(ticket)).log.filter(({ kind }) => kind === 'noted')).toHaveLength(2);
  });

  test('a colleague who is mentioned stays as a name, the bot not at all', async () => {
    const { thread } = await claimed(cleo);
    const bob2 = { type: 'mention', text: '<at>Bob</at>', mentioned: { id: bob.id, name: 'Bob' } };
    const own = { type: 'mention', text: '<at>VL Access</at>', mentioned: { id: '28:bot', name: 'VL Access' } };
    await desk.write(anna, '<at>VL Access</at> <at>Bob</at> looks at it', thread, { entities: [own, bob2] });
    expect(lastOf(cleo)).toBe('Anna: Bob looks at it');
    const html = '<p><span itemtype="http://schema.skype.com/Mention" itemid="0">VL Access</span> <span itemtype="http://schema.skype.com/Mention" itemid="1">Bob</span> looks at <b>it</b></p>';
    await desk.write(anna, '<at>VL Access</at> <at>Bob</at> looks at it', thread, { entities: [own, bob2], attachments: [{ contentType: 'text/html', content: html }] });
    expect(lastOf(cleo)).toBe('<b>Anna:</b> <p> Bob looks at <b>it</b></p>');
  });

  test('who had it and writes after it was taken back, or is over, is told that it went nowhere', async () => {
    const { thread } = await claimed(cleo);
    await t.pass(11 * 60_000);
    expect((await desk.write(anna, 'my long answer', thread)).text).toContain('Claim it first');
    expect((await desk.write(bob, 'who takes it?', thread)).sent).toEqual([]);
    await desk.press(anna, thread, 'Claim');
    await t.say(cleo, 'end');
    expect((await desk.write(anna, 'too late', thread)).text).toContain('This conversation is over');
  });

  test('a note that is edited into a message, and a message edited into a note, do not leak', async () => {
    const { thread } = await claimed(cleo);
    await desk.write(anna, '// she is difficult', thread, { id: 'n1' });
    await t.deliver(anna, { type: 'messageUpdate', id: 'n1', text: 'she is difficult', conversation: { id: `${CHANNEL};messageid=${thread}`, conversationType: 'channel', tenantId: TENANT } });
    expect(t.chat(cleo).map(({ body }) => textOfActivity(body)).join()).not.toContain('difficult');
  });

  test('answers that the bot knows: found by `/`, sent by a press, in the person’s language', async () => {
    const { thread } = await claimed(cleo);
    const found = await desk.write(anna, '/ welcome email', thread);
    expect(found.text).toContain('Send');
    await t.say(cleo, '日本語');
    const send = actionsOf(cardOf(found.sent.at(-1))).find((a) => a['title'] === 'Send')!;
    await t.press(anna, send['data'] as Record<string, unknown>, undefined, { conversation: { id: `${CHANNEL};messageid=${thread}`, conversationType: 'channel', tenantId: TENANT } });
    expect(lastOf(cleo)).toContain('Anna sends you this answer');
    expect(desk.thread(thread).at(-1)).toContain('Anna sent the answer');
    const byButton = await desk.press(anna, thread, 'Answers');
    expect((await desk.press(anna, thread, 'Search', { query: 'GCC High' }, CHANNEL, byButton.inPlace)).text).toContain('GCC High');
  });

  test('a role is requested for the person in the helper’s own chat', async () => {
    const { thread, ticket } = await claimed(cleo);
    const seen = await desk.press(anna, thread, 'Request a role for them');
    expect(seen.text).toContain('in your own chat');
    const form = cardOf(t.chat(anna).at(-1)?.body);
    expect(JSON.stringify(form)).toContain(cleo.mail);
    expect(JSON.stringify(form)).toContain(ticket);
  });

  test('`end` in the thread closes; afterwards nothing goes to the person', async () => {
    const { thread } = await claimed(cleo);
    await desk.say(anna, 'end', CHANNEL, thread);
    expect(lastOf(cleo)).toContain('Anna closed this conversation');
    expect((await desk.write(bob, 'one more thing', thread)).sent).toEqual([]);
    expect((await desk.say(anna, 'one more thing', CHANNEL, thread)).text).toContain('This conversation is over');
    expect(lastOf(cleo)).not.toContain('one more thing');
  });
});

describe('what is carried', () => {
  const html = (content: string) => ({ attachments: [{ contentType: 'text/html', content }] });

  test('long texts whole; what is longer than Teams takes is said to both sides', async () => {
    const { thread } = await claimed(cleo);
    await t.say(cleo, `${'x'.repeat(9_000)}END`);
    expect(desk.thread(thread).at(-1)).toHaveLength('Cleo: '.length + 9_003);
    const seen = await t.say(cleo, 'y'.repeat(28_500));
    expect(seen.text).toContain('the end of the text');
    expect(desk.thread(thread).at(-1)).toContain('the end of the text');
  });

  test.each(['<p>🙂 <b>hi</b> <emoji alt="🙂"></emoji> <i>x</i> tail</p>', '<p><b>hi <emoji alt="🙂" id="smile"></emoji></b> <img alt="🙂" itemtype="http://schema.skype.com/Emoji" src="x"> <i>x</i> tail</p>'])('an emoji takes nothing with it: %s', async (written) => {
    const { thread } = await claimed(cleo);
    await t.say(cleo, 'hi x tail', html(written));
    const sent = t.standing(`${CHANNEL};messageid=${thread}`).at(-1)!.body.text ?? '';
    expect(sent.match(/🙂/gu)).toHaveLength(2);
    expect(sent).toContain('<i>x</i> tail</p>');
    expect(sent).not.toContain('span');
  });

  test('pictures that stand in the text alone cannot be carried, and that is said', async () => {
    const { thread } = await claimed(cleo);
    expect((await t.say(cleo, 'see', html('<p>see <img src="https://graph.microsoft.com/hosted/1"></p>'))).text).toContain('an image that is too large');
    expect(desk.thread(thread).at(-1)).toContain('could not be carried');
  });

  test('formatting, links and emoji, without anything that runs', async () => {
    const { thread } = await claimed(cleo);
    await t.say(cleo, 'bold and a link', html('<p><b>bold</b> and <a href="https://learn.microsoft.com/x" onclick="x()">a link</a><script>x()</script><img src="https://evil.example/x.png"><emoji alt="🙂"></emoji><a href="javascript:x()">no</a></p>'));
    const [sent] = t.standing(`${CHANNEL};messageid=${thread}`).slice(-1);
    expect(sent!.body.text).toContain('<b>Cleo:</b>');
    expect(sent!.body.text).toContain('<b>bold</b> and <a href="https://learn.microsoft.com/x">a link</a>');
    expect(sent!.body.text).toContain('🙂');
    expect(sent!.body.text).not.toMatch(/script|onclick|evil|javascript/);
    await desk.write(anna, '🎉 *not bold* <b>not tags</b>', thread, html('<p>🎉 *not bold* &lt;b&gt;not tags&lt;/b&gt;</p>'));
    expect(lastOf(cleo)).toBe('Anna: 🎉 *not bold* <b>not tags</b>');
  });

  test('files as links; what cannot be carried is said to both sides', async () => {
    const { thread } = await claimed(cleo);
    await t.say(cleo, 'see this', { attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info', contentUrl: 'https://contoso.sharepoint.com/personal/log.txt', name: 'log.txt', content: {} }] });
    expect(t.standing(`${CHANNEL};messageid=${thread}`).at(-1)!.body.text).toContain('<a href="https://contoso.sharepoint.com/personal/log.txt">log.txt</a>');
    const lost = await t.say(cleo, 'and this', { attachments: [{ contentType: 'application/vnd.microsoft.card.audio', content: {} }, { contentType: 'image/png', contentUrl: 'https://elsewhere.example.com/x.png' }] });
    expect(lost.text).toContain('could not be carried');
    expect(desk.thread(thread).at(-1)).toContain('could not be carried');
  });

  test('small images in the message itself', async () => {
    const { thread } = await claimed(cleo);
    const png = 'data:image/png;base64,iVBORw0KGgo=';
    await t.say(cleo, '', { attachments: [{ contentType: 'image/png', contentUrl: png, name: 'shot.png' }] });
    expect(t.standing(`${CHANNEL};messageid=${thread}`).at(-1)!.body.attachments).toMatchObject([{ contentType: 'image/png', contentUrl: png }]);
  });

  test('larger images by an address of the bot’s own, where it has one; to no other host a request is ever made', async () => {
    await t.stop();
    t = await testBot({ environment: { OPERATORS: dan.mail, PUBLIC_URL: 'https://bot.example.com' } });
    desk = deskOf(t);
    await desk.say(dan, 'use as help desk');
    const { thread } = await claimed(cleo);
    const bytes = Buffer.alloc(200_000, 7);
    const images = createServer((_req, res) => {
      res.setHeader('content-type', 'image/png');
      res.end(bytes);
    });
    await new Promise<void>((resolve) => images.listen(0, '127.0.0.1', resolve));
    const host = `http://127.0.0.1:${(images.address() as AddressInfo).port}/`;
    const send = (serviceUrl: string): Promise<Seen> => t.say(cleo, 'look', { serviceUrl, attachments: [{ contentType: 'image/*', contentUrl: `${host}v3/attachments/1/views/original`, name: 'shot.png' }] });
    expect((await send(t.channel.url)).text).toContain('could not be carried');
    await send(host);
    images.close();
    const { contentUrl = '' } = (t.standing(`${CHANNEL};messageid=${thread}`).at(-1)!.body.attachments as unknown as { contentUrl?: string }[])[0] ?? {};
    expect(contentUrl).toMatch(/^https:\/\/bot\.example\.com\/pictures\/[0-9a-f-]+\/[0-9a-f]{64}\.png$/);
    const served = await fetch(`${t.bot.url}${new URL(contentUrl).pathname}`);
    expect([served.status, served.headers.get('content-type'), (await served.arrayBuffer()).byteLength]).toEqual([200, 'image/png', bytes.length]);
    await writeFile(join(t.kept.dataDir, 'x.png'), 'of the store');
    for (const path of ['x.png', '..%2Fx.png', `${'0'.repeat(64)}.png`, '..%2Fpeople%2Fx.png', `${'0'.repeat(64)}.html`, `${OTHER_TENANT}/${contentUrl.split('/').at(-1)}`]) expect((await fetch(`${t.bot.url}/pictures/${path.includes('/') ? path : `${TENANT}/${path}`}`)).status).toBe(404);
  });

  test('secrets are masked on the way, and whoever wrote them is told', async () => {
    const { thread } = await claimed(cleo);
    const seen = await t.say(cleo, 'my password is Hunter2!x', html('<p>my password is <b>Hunter2!x</b></p>'));
    expect(seen.text).toContain('something secret');
    expect(desk.thread(thread).join()).not.toContain('Hunter2');
  });

  test('text with a picture: edited, the picture is not shown twice; deleted, both are gone', async () => {
    const { thread } = await claimed(cleo);
    const picture = { attachments: [{ contentType: 'image/png', contentUrl: 'data:image/png;base64,iVBORw0KGgo=', name: 'shot.png' }] };
    const shown = () => t.standing(`${CHANNEL};messageid=${thread}`).filter(({ body }) => body.attachments?.some(({ contentType }) => contentType === 'image/png'));
    await t.say(cleo, 'see', { id: 'p1', ...picture });
    await t.deliver(cleo, { type: 'messageUpdate', id: 'p1', text: 'look', ...picture });
    expect(shown()).toHaveLength(1);
    expect(desk.thread(thread)).toContain('Cleo: look');
    await t.deliver(cleo, { type: 'messageDelete', id: 'p1' });
    expect(shown()).toHaveLength(0);
    expect(desk.thread(thread).join()).not.toContain('look');
  });

  test('a message of a talk that is over is deleted there too', async () => {
    const first = await claimed(cleo);
    await t.say(cleo, 'private by mistake', { id: 'old' });
    await t.say(cleo, 'end');
    await claimed(cleo, 'another matter');
    await t.deliver(cleo, { type: 'messageDelete', id: 'old' });
    expect(desk.thread(first.thread).join()).not.toContain('private by mistake');
  });

  test('edits and deletions follow, on both sides', async () => {
    const { thread } = await claimed(cleo);
    await t.say(cleo, 'first', { id: 'm1' });
    await t.deliver(cleo, { type: 'messageUpdate', id: 'm1', text: 'second', channelData: { eventType: 'editMessage', tenant: { id: TENANT } } });
    expect(desk.thread(thread).at(-1)).toBe('Cleo: second');
    await t.deliver(cleo, { type: 'messageDelete', id: 'm1', channelData: { eventType: 'softDeleteMessage', tenant: { id: TENANT } } });
    expect(desk.thread(thread).join()).not.toContain('second');
    const where = { conversation: { id: `${CHANNEL};messageid=${thread}`, conversationType: 'channel', isGroup: true, tenantId: TENANT } };
    await desk.write(anna, 'third', thread, { id: 'm2' });
    await t.deliver(anna, { type: 'messageUpdate', id: 'm2', text: 'fourth', ...where });
    expect(lastOf(cleo)).toBe('Anna: fourth');
    await t.deliver(anna, { type: 'messageDelete', id: 'm2', ...where });
    expect(lastOf(cleo)).not.toContain('fourth');
    await t.deliver(anna, { type: 'messageUpdate', id: 'm2', text: 'fourth', channelData: { eventType: 'undeleteMessage', tenant: { id: TENANT } }, ...where });
    expect(lastOf(cleo)).toBe('Anna: fourth');
    await t.deliver(anna, { type: 'messageUpdate', id: 'm2', text: 'fifth and last', ...where });
    expect(lastOf(cleo)).toBe('Anna: fifth and last');
    // Somebody else's chat edits nothing of this one.
    await t.say(cleo, 'fifth', { id: 'm3' });
    await t.deliver(eve, { type: 'messageUpdate', id: 'm3', text: 'forged' });
    expect(desk.thread(thread).join()).not.toContain('forged');
  });
});

describe('queue and summary', () => {
  const rows = (seen: Seen): string => seen.text;

  test('waiting, mine, everyone’s, oldest first, with search; claimed from there', async () => {
    await claimed(eve, 'The invoice is missing');
    t.clock.advance(60_000);
    await desk.ask(cleo, 'The page stays white');
    const waiting = await desk.say(anna, 'queue');
    expect(rows(waiting)).toContain('Cleo');
    expect(rows(waiting)).not.toContain('Eve ·');
    const card = cardOf(waiting.sent.at(-1));
    const mine = await t.pressTitle(anna, card, 'Mine');
    expect(rows(mine)).toContain('Eve ·');
    expect(rows(mine)).not.toContain('Cleo');
    const all = await t.pressTitle(anna, card, 'Everyone’s');
    expect(rows(all).indexOf('Eve ·')).toBeLessThan(rows(all).indexOf('Cleo ·'));
    expect(rows(await t.pressTitle(anna, all.inPlace, 'Search', { query: 'INVOICE' }))).not.toContain('Cleo');
    expect(rows(await desk.say(anna, 'queue white'))).toContain('Cleo');
    expect(rows(await t.say(bob, 'queue'))).toContain('Cleo');
    await t.pressTitle(bob, cardOf((await t.say(bob, 'queue')).sent.at(-1)), 'Claim');
    expect(lastOf(cleo)).toContain('Bob from the help desk');
    expect(rows(await t.say(bob, '受付一覧'))).toContain('待っている人はいません');
  });

  test('the day: counts, waits, solved by bot and person, subjects; a chart with a table in its place', async () => {
    await t.say(cleo, 'I never got the welcome email');
    await t.press(cleo, { verb: 'rate', entry: 'welcome-mail-missing', helpful: true });
    const { ticket, thread } = await desk.ask(cleo, 'x', { subject: 'roles' });
    t.clock.advance(4 * 60_000);
    await desk.press(anna, thread, 'Claim');
    await t.say(cleo, 'end');
    await t.press(cleo, { verb: 'rateTalk', ticket, solved: true });
    const seen = await desk.say(anna, 'summary');
    const text = JSON.stringify(cardOf(seen.sent.at(-1)));
    expect(text).toContain('"type":"Chart.HorizontalBar"');
    expect(text).toContain('"fallback":{"type":"Container"');
    expect(text).toContain('4 min');
    expect(text).toContain('{"x":"The bot","y":1},{"x":"A person","y":1}');
    expect(text).toContain('{"x":"Roles and contracts","y":1}');
    await t.pass(26 * 60 * 60_000);
    expect(JSON.stringify(cardOf((await desk.say(anna, 'summary')).sent.at(-1)))).not.toContain('Roles and contracts');
  });
});

describe('what was learnt', () => {
  test('a closed ticket becomes a draft, without mail addresses and long numbers, and is never written over', async () => {
    const { thread } = await claimed(cleo, 'Contract 12345678 of taro@contoso.co.jp is missing');
    await desk.write(anna, 'Ask taro@contoso.co.jp for the Administrator role.', thread);
    await desk.say(anna, 'end', CHANNEL, thread);
    const seen = await desk.press(anna, thread, 'Make this an answer');
    expect(seen.text).toContain('Draft saved');
    expect(seen.text).not.toContain('.md');
    expect((await desk.press(dan, thread, 'Make this an answer')).text).toMatch(/File: t-[0-9a-z]{8}\.en\.md/);
    const folder = join(t.kept.dataDir, 'drafts');
    const files = (await readdir(folder)).toSorted();
    expect(files).toEqual([expect.stringMatching(/\.en\.md$/), expect.stringMatching(/\.ja\.md$/)]);
    const draft = await readFile(join(folder, files[0]!), 'utf8');
    expect(draft).toContain('Ask [mail] for the Administrator role.');
    expect(draft).toContain('Contract [number] of [mail] is missing');
    expect(draft).not.toContain('taro');
    expect(draftsAsMarkdown(await draftsIn(folder))).toMatch(/## Drafts from the help desk\n\n- .*\.en\.md: Contract \[number\] of \[mail\] is missing\n- .*\.ja\.md\n/);
    expect(draftsAsMarkdown(await draftsIn(join(folder, 'none')))).toContain('None.');
  });
});
