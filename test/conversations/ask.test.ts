import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, testBot, textOfActivity } from '../support/bot.ts';
import { anna, cleo, dan } from '../support/people.ts';

let t: TestBot;
beforeAll(async () => {
  t = await testBot();
});
afterAll(() => t.stop());

describe('asking', () => {
  test.each([
    ['招待メールが来ない', 'ウェルカム メール', '迷惑メール'],
    ['who can give me a VL role?', 'VL role', 'administrator'],
    ['GCC High はどこからサインイン?', 'GCC High', 'portal.office365.us'],
    ['ＧＣＣ　Ｈｉｇｈはどこからサインイン？', 'GCC High', 'portal.office365.us'],
    ['I never got the welcome mail', 'welcome email', 'microsoft-noreply@microsoft.com'],
    ['azure のページに飛ばされる', 'Azure', 'Safe Links'],
    ['Global admin but cannot see volume licensing', 'Global', 'VL'],
  ])('%s', async (said, ...expected) => {
    const seen = await t.say(cleo, said);
    expect(seen.status).toBe(200);
    expect(seen.sent).toHaveLength(1);
    for (const words of expected) expect(JSON.stringify(seen.sent)).toContain(words);
    expect(JSON.stringify(seen.sent)).toMatch(/learn\.microsoft\.com/);
    // The next step is the one that stands out.
    expect(actionsOf(cardOf(seen.sent[0])).filter((action) => action['style'] === 'positive')).toHaveLength(1);
  });

  test('for whom an answer is stands on it, unless it is for everybody', async () => {
    expect((await t.say(cleo, 'how do I add a user and assign a role in the portal?')).text).toContain('For: VL administrators');
    expect((await t.say(cleo, 'EA だと最初にどんなメールが来ますか')).text).toContain('対象: EA/EAS の契約');
    expect((await t.say(cleo, 'who can give me a VL role?')).text).not.toContain('For: ');
  });

  test('helpful and not helpful are kept, and thanked for in place', async () => {
    const seen = await t.say(anna, '招待メールが来ない');
    const rated = await t.pressTitle(anna, cardOf(seen.sent[0]), '役に立たなかった', {}, seen.ids[0]);
    expect(rated.text).toContain('別の言い方');
    expect(rated.text).toContain('担当者に相談');
    const [rating] = await t.bot.house.ratings.ofTenant(anna.tenantId);
    expect(rating?.entryId).toBe('welcome-mail-missing');
    expect(Object.values(rating?.votes ?? {})).toMatchObject([{ helpful: false, language: 'ja' }]);
    // A second press counts once.
    await t.press(anna, { verb: 'rate', entry: 'welcome-mail-missing', helpful: true });
    expect(Object.values((await t.bot.house.ratings.get(anna.tenantId, 'welcome-mail-missing'))?.votes ?? {})).toMatchObject([{ helpful: true }]);
    // The card stays rated when the chat is opened again.
    expect(textOfActivity(t.chat(anna)[0]?.body ?? {})).toContain('別の言い方');
  });

  test.each([
    ['今日の天気は？', 'お答えできない', '担当者に相談'],
    ['what is the best pizza in naples', 'I do not know that', 'Talk to a person'],
  ])('what it does not know it says, and offers a person: %s', async (said, sentence, person) => {
    const seen = await t.say(cleo, said);
    expect(seen.text).toContain(sentence);
    expect(seen.text).toContain(person);
    const help = await t.pressTitle(cleo, cardOf(seen.sent[0]), person);
    expect(help.text).toMatch(/support\.serviceshub|サポート|support/i);
  });

  test('language follows the message, then the choice', async () => {
    expect((await t.say(dan, 'ヘルプ')).text).toContain('できること');
    expect((await t.say(dan, 'help')).text).toContain('What I can do');
    // Nothing about the language: the one spoken last.
    expect((await t.say(dan, '12345678')).text).toContain('I do not know');
    expect((await t.say(dan, '日本語')).text).toContain('日本語でお話しします');
    expect((await t.say(dan, 'help')).text).toContain('できること');
    await t.restart();
    expect((await t.say(dan, 'who can give me a VL role?')).text).toContain('管理者');
    expect((await t.say(dan, 'English')).text).toContain('I will speak English');
    expect((await t.say(dan, '招待メールが来ない')).text).toContain('junk');
  });

  test('a mention before the words, and the blanks Teams leaves, do not matter', async () => {
    const seen = await t.say(cleo, '<at>VL Access</at>&nbsp;ヘルプ。', { entities: [{ type: 'mention', text: '<at>VL Access</at>', mentioned: { id: '28:bot', name: 'VL Access' } }] });
    expect(seen.text).toContain('できること');
  });

  test('in a group chat questions are answered, and what is personal is taken to the own chat', async () => {
    const group = { conversation: { id: '19:group', conversationType: 'groupChat', tenantId: cleo.tenantId } };
    expect((await t.say(cleo, '招待メールが来ない', group)).text).toContain('迷惑メール');
    const channel = { conversation: { id: '19:x@thread.tacv2', isGroup: true, tenantId: cleo.tenantId } };
    expect((await t.say(anna, 'my roles', channel)).text).toMatch(/個人チャット|our own chat/);
    expect((await t.say(anna, 'help', channel)).text).not.toMatch(/VL administrators|VL 管理者向け/);
    for (const command of ['登録', 'request role', 'my roles', 'approvals', 'users 12345678']) {
      expect((await t.say(anna, command, group)).text).toMatch(/個人チャット|our own chat/);
    }
    expect((await t.press(anna, { verb: 'list', list: 'users', page: 0, contract: '12345678' }, undefined, group)).say).toMatch(/own chat|個人チャット/);
  });

  test('in a group chat a rating is thanked for only to the one who gave it', async () => {
    const group = { conversation: { id: '19:group2', conversationType: 'groupChat', tenantId: cleo.tenantId } };
    const answer = await t.say(cleo, '招待メールが来ない', group);
    const before = t.channel.calls.length;
    expect((await t.press(anna, { verb: 'rate', entry: 'welcome-mail-missing', helpful: true }, answer.ids[0], group)).inPlace).toBeDefined();
    expect(t.channel.calls).toHaveLength(before);
  });

  test('text without words and text without end get a sentence', async () => {
    expect((await t.say(cleo, '')).text).toMatch(/could not read|読み取れません/);
    expect((await t.say(cleo, 'あ'.repeat(5000))).text).toContain('少し長すぎる');
    expect((await t.say(cleo, `\${x} <script> ' " \\ \u0000`)).status).toBe(200);
  });
});
