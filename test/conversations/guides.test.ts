import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FakeDns, FakeSignIn } from '../support/fakeSignIn.ts';
import { fakeDns, fakeSignIn, realm } from '../support/fakeSignIn.ts';
import type { Seen, TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, testBot, textOfActivity } from '../support/bot.ts';
import type { Who } from '../support/people.ts';
import { eve, TENANT } from '../support/people.ts';

const GUIDES = ['access-2026', 'azure-redirect', 'new-entra-id', 'page-not-visible', 'profile-error', 'ready-to-become-admin', 'registration', 'status', 'support-case', 'waiting', 'welcome-mail'];

let signIn: FakeSignIn;
let dns: FakeDns;
let t: TestBot;
beforeAll(async () => {
  signIn = await fakeSignIn();
  dns = await fakeDns();
  t = await testBot({ environment: { DOCTOR: 'on', SIGN_IN_HOST: signIn.url, DNS_SERVERS: dns.address } });
});
afterAll(async () => {
  await t.stop();
  await signIn.close();
  await dns.close();
});

let count = 0;
/** Somebody who never spoke before. */
function somebody(): Who {
  count += 1;
  const number = String(count).padStart(12, '0');
  return { id: `29:guided-${number}`, objectId: `d0000000-0000-4000-8000-${number}`, mail: `guided${count}@contoso.com`, name: `Guided ${count}`, tenantId: TENANT };
}

const VALUES: Record<string, string> = { sender: 'evil@micros0ft.com', subject: 'You have won', since: '3 時間前', domain: 'contoso.co.jp', contractId: '12345678', problem: '画面が真っ白です', phone: '03-1234-5678' };
const guideActions = (card: ReturnType<typeof cardOf>) => actionsOf(card).flatMap((action) => (action['verb'] === 'guide' ? [action['data'] as { run: string; rev: number; move: string; option?: string }] : []));
const hasInput = (card: unknown): boolean => JSON.stringify(card).includes('"Input.Text"');

/** The card that leads on from here, by its `pick`th way; undefined at an end. */
async function step(who: Who, card: ReturnType<typeof cardOf>, on: string, pick: number): Promise<Seen | undefined> {
  const ways = guideActions(card).filter(({ move }) => ['next', 'choose', 'typed', 'look', 'skip', 'unsure'].includes(move));
  const way = ways[pick % Math.max(1, ways.length)];
  if (!way) return undefined;
  const label = /"label":"([^"]*)"/.exec(JSON.stringify(card))?.[1] ?? '';
  const slot = Object.keys(VALUES).find((name) => t.bot.house.guides && label.includes(LABELS[name] ?? ' ')) ?? '';
  return t.press(who, { verb: 'guide', ...way, value: hasInput(card) ? (VALUES[slot] ?? 'taro@contoso.co.jp') : '' }, on);
}
const LABELS: Record<string, string> = { sender: '差出人', subject: '件名', since: '日時', domain: 'ドメイン', contractId: 'コントラクト ID', problem: '状況', phone: '電話番号' };

async function begin(who: Who, guide: string): Promise<{ card: ReturnType<typeof cardOf>; on: string }> {
  await t.say(who, '日本語');
  const seen = await t.press(who, { verb: 'startGuide', guide });
  return { card: cardOf(seen.sent[0]), on: seen.ids[0]! };
}

describe.each(GUIDES)('%s', (guide) => {
  test.each([0, 1, 2])('goes to an end by buttons, through a kill at every step and a question in between (%d)', async (pick) => {
    const who = somebody();
    let { card, on } = await begin(who, guide);
    for (let steps = 0; ; steps += 1) {
      expect(steps).toBeLessThan(25);
      expect(JSON.stringify(card)).not.toMatch(/\$\{|undefined|\{(?:signInId|domain|detail)\}/);
      if (pick === 1) await t.restart();
      if (pick === 2 && steps === 1 && guideActions(card).some(({ move }) => move === 'cancel')) {
        const asked = await t.say(who, 'グローバル管理者なのに VL が見られないのはなぜ？');
        expect(asked.text).toContain('グローバル管理者');
        expect(asked.text).toContain('途中のまま待っています');
        const back = await t.pressTitle(who, cardOf(asked.sent.at(-1)), '続ける');
        [card, on] = [cardOf(back.sent[0]), back.ids[0]!];
      }
      const seen = await step(who, card, on, pick);
      if (!seen) break;
      expect(seen.inPlace).toBeDefined();
      card = seen.inPlace;
    }
    // An end leads somewhere.
    expect(actionsOf(card).length).toBeGreaterThan(0);
  }, 60_000);

  test('nonsense, back, an old button and start over, half way', async () => {
    const who = somebody();
    const { card, on } = await begin(who, guide);
    const second = (await step(who, card, on, 0))!.inPlace;
    const rev = guideActions(second)[0]?.rev;
    const old = await t.press(who, { verb: 'guide', ...guideActions(card)[0]!, value: 'x@y.zz' }, on);
    expect(guideActions(old.inPlace)[0]?.rev).toBe(rev);
    expect((await t.say(who, 'purple monkey dishwasher')).text.length).toBeGreaterThan(10);
    const again = await t.say(who, '戻る');
    expect(again.text).toMatch(/ステップ 1\//);
    expect((await t.say(who, '最初から')).text).toMatch(/ステップ 1\//);
    expect((await t.say(who, 'キャンセル')).text).toContain('中止しました');
  });
});

test('nine symptoms lead to guides', async () => {
  const seen = await t.say(somebody(), 'トラブル');
  const guides = actionsOf(cardOf(seen.sent[0])).filter((action) => action['verb'] === 'startGuide');
  expect(guides.length).toBeGreaterThanOrEqual(8);
});

describe('the doctor', () => {
  const toCheck = async (who: Who, id: string) => {
    const { card, on } = await begin(who, 'profile-error');
    let seen = card;
    for (let i = 0; i < 8 && !JSON.stringify(seen).includes('"move":"look"'); i += 1) {
      const typed = await t.say(who, hasInput(seen) ? (JSON.stringify(seen).includes('以前使っていた') ? 'わからない' : id) : '1');
      seen = cardOf(typed.sent.find((one) => cardOf(one) !== undefined));
    }
    expect(JSON.stringify(seen)).toContain('調べる');
    return { card: seen, on };
  };

  test('looks only with consent, and goes on by what it finds', async () => {
    const who = somebody();
    signIn.asked.length = 0;
    signIn.reply = () => realm({ NameSpaceType: 'Managed', IsViral: true });
    const { card } = await toCheck(who, 'taro@contoso.co.jp');
    expect(signIn.asked).toEqual([]);
    const found = await t.pressTitle(who, card, '調べる');
    expect(signIn.asked).toEqual(['/common/userrealm/taro%40contoso.co.jp?api-version=2.1']);
    expect(found.text).toContain('セルフサービス');
  });

  test('the record of a domain: not there yet, looked at again, there', async () => {
    const who = somebody();
    dns.records = () => ['v=spf1 -all'];
    const { card, on } = await begin(who, 'ready-to-become-admin');
    let seen = card;
    for (let i = 0; i < 12 && !JSON.stringify(seen).includes('"move":"look"'); i += 1) {
      const next = hasInput(seen) ? await t.say(who, 'contoso.co.jp') : await step(who, seen, on, 0);
      seen = next?.inPlace ?? cardOf(next?.sent.find((one) => cardOf(one) !== undefined));
    }
    const absent = await t.pressTitle(who, seen, '調べる');
    expect(absent.text).toContain('に調べました');
    dns.records = () => ['MS=ms12345678'];
    // When it looked, not when the card is drawn again.
    const [time] = /\S+ \S+ に調べました/.exec(absent.text) ?? [];
    t.clock.advance(5 * 60_000);
    expect((await t.say(who, 'xyz')).text).toContain(time);
    const there = await t.say(who, 'もう一度調べる');
    expect(there.text).toContain('MS=ms12');
    expect(there.text).not.toContain('ms12345678');
    expect(there.text).not.toContain(time);
  });

  test('what could not be found out is asked; nothing is thrown at the person', async () => {
    const who = somebody();
    signIn.reply = () => ({ status: 500, body: 'oops' });
    const { card } = await toCheck(who, 'taro@contoso.co.jp');
    const seen = await t.pressTitle(who, card, '調べる');
    expect(seen.text).toContain('今は調べられませんでした');
    expect(guideActions(seen.inPlace).length).toBeGreaterThan(0);
  });

  test('another ID than the one that holds roles here is found without asking anybody, and named', async () => {
    signIn.asked.length = 0;
    await t.say(eve, '日本語');
    const begun = await t.press(eve, { verb: 'startGuide', guide: 'profile-error' });
    let seen = cardOf(begun.sent[0]);
    for (let i = 0; i < 8 && !JSON.stringify(seen).includes('"move":"look"'); i += 1) {
      const typed = await t.say(eve, hasInput(seen) ? (JSON.stringify(seen).includes('以前使っていた') ? 'わからない' : 'another@example.com') : '1');
      seen = cardOf(typed.sent.find((one) => cardOf(one) !== undefined));
    }
    const found = await t.pressTitle(eve, seen, '調べる');
    expect(signIn.asked).toEqual([]);
    expect(found.text).toContain(eve.mail);
  });

  test('switched off, nobody is asked for consent', async () => {
    const off = await testBot();
    const who = somebody();
    await off.say(who, '日本語');
    const begun = await off.press(who, { verb: 'startGuide', guide: 'profile-error' });
    let seen = cardOf(begun.sent[0]);
    for (let i = 0; i < 3 && seen; i += 1) {
      expect(JSON.stringify(seen)).not.toContain('"move":"look"');
      const typed = await off.say(who, hasInput(seen) ? 'taro@contoso.co.jp' : '1');
      seen = cardOf(typed.sent.find((one) => cardOf(one) !== undefined));
    }
    await off.stop();
  });

  test('“no” is no consent', async () => {
    const who = somebody();
    signIn.asked.length = 0;
    await toCheck(who, 'taro@contoso.co.jp');
    await t.say(who, 'いいえ');
    expect(signIn.asked).toEqual([]);
  });
});

describe('what was typed', () => {
  test('is refused with what it should look like, kept, and not asked again; start over forgets it', async () => {
    const who = somebody();
    await t.say(who, 'サポート依頼');
    expect((await t.say(who, '3')).text).toContain('コントラクト ID');
    expect((await t.say(who, 'そんなの知らない')).text).toContain('コントラクト ID の形式ではないようです');
    expect((await t.say(who, '12345678 です')).text).toContain('どうなったか');
    expect((await t.say(who, '画面が **真っ白** になります')).text).toContain('電話');
    const end = await t.say(who, '03-1234-5678', { entities: [{ type: 'clientInfo', country: 'JP', timezone: 'Asia/Tokyo' }] });
    expect(end.text).toContain('回答を受ける電話番号: 03-1234-5678');
    expect(end.text).toContain('VL 契約番号（ライセンス ID）: 12345678');
    expect(end.text).toContain('状況: 画面が **真っ白** になります');
    expect(end.text).toContain('0120-737-565');
    expect(end.text).toMatch(/受付が始まります|受付時間内/);
    const british = await t.say(who, 'サポート依頼');
    expect(british.text).toContain('どのような依頼');
    await t.say(who, 'キャンセル');
    // Another run: the contract is known.
    await t.say(who, 'サポート依頼');
    expect((await t.say(who, '3')).text).toContain('どうなったか');
    await t.say(who, '最初から');
    expect((await t.say(who, '3')).text).toContain('コントラクト ID（ライセンス ID）を入力');
  });

  test('is taken back by going back, and by not knowing it after all', async () => {
    const who = somebody();
    await t.say(who, 'サポート依頼');
    await t.say(who, '3');
    await t.say(who, '12345678');
    await t.say(who, '戻る');
    await t.say(who, 'わからない');
    await t.say(who, '画面が真っ白です');
    const end = await t.say(who, 'わからない');
    expect(end.text).toContain('VL 契約番号（ライセンス ID）: （ご記入ください）');
    expect(end.text).not.toContain('回答を受ける電話番号');
  });

  test('going back to the first step forgets nothing', async () => {
    const who = somebody();
    await t.say(who, 'サポート依頼');
    await t.say(who, '3');
    await t.say(who, '12345678');
    await t.say(who, 'キャンセル');
    await t.say(who, 'サポート依頼');
    await t.say(who, '3');
    await t.say(who, '戻る');
    expect((await t.say(who, '3')).text).toContain('どうなったか');
  });

  test('a product key in it is masked, wherever it is shown', async () => {
    const who = somebody();
    await t.say(who, 'サポート依頼');
    await t.say(who, '3');
    await t.say(who, 'わからない');
    await t.say(who, 'キー QWERT-12345-ASDFG-67890-ZXCVB が通りません');
    const end = await t.say(who, 'わからない');
    expect(end.text).not.toContain('QWERT');
    expect(end.text).toContain('[***]');
  });
});

test('a product key typed into a card’s field is masked too', async () => {
  const who = somebody();
  await t.say(who, 'サポート依頼');
  await t.say(who, '3');
  const asked = await t.say(who, 'わからない');
  const { run, rev } = guideActions(cardOf(asked.sent[0]))[0]!;
  await t.press(who, { verb: 'guide', run, rev, move: 'typed', value: 'キー QWERT-12345-ASDFG-67890-ZXCVB が通りません' }, asked.ids[0]);
  const end = await t.say(who, 'わからない');
  expect(end.text).toContain('[***]');
  expect(end.text).not.toContain('QWERT');
});

describe('what one guide learnt', () => {
  test('no other asks: the kind of agreement', async () => {
    const who = somebody();
    await t.say(who, '登録');
    await t.say(who, '1');
    expect((await t.say(who, 'EA')).text).toContain('どのクラウド');
    await t.say(who, 'キャンセル');
    await t.say(who, '登録');
    expect((await t.say(who, '1')).text).not.toContain('どの種類の契約');
    await t.say(who, '最初から');
    expect((await t.say(who, '1')).text).toContain('どの種類の契約');
  });
});

describe('the fine print', () => {
  test('a question in the middle is answered, even where a form is asked for: put as a question, or a pasted error', async () => {
    const who = somebody();
    await t.say(who, 'サポート依頼');
    await t.say(who, '3');
    for (const asked of ['グローバル管理者なのに VL が見られません', 'An error occurred while setting up your profile. Please refresh']) {
      const seen = await t.say(who, asked);
      expect(seen.text).not.toContain('形式ではない');
      expect(seen.text).toMatch(/途中のまま待っています|waiting/);
    }
    const mail = somebody();
    await t.say(mail, '日本語');
    await t.press(mail, { verb: 'startGuide', guide: 'welcome-mail' });
    expect(t.bot.house.guides.get('welcome-mail')).toBeDefined();
  });

  test('the new ID for a profile is one of its own, and no personal account', async () => {
    const who = somebody();
    await t.say(who, 'サポート依頼');
    await t.say(who, '2');
    await t.say(who, 'old@contoso.co.jp');
    expect((await t.say(who, 'taro@gmail.com')).text).toContain('個人用アカウント');
    await t.say(who, 'taro@contoso.co.jp');
    await t.say(who, '12345678');
    expect((await t.say(who, 'わからないです')).text).toContain('新しい Entra ID: taro@contoso.co.jp');
  });

  test('after fourteen days nothing that was typed is known any more; start over forgets it at any time', async () => {
    const who = somebody();
    await t.say(who, 'サポート依頼');
    await t.say(who, '3');
    await t.say(who, '87654321');
    await t.say(who, 'キャンセル');
    t.clock.advance(15 * 24 * 60 * 60_000);
    await t.say(who, 'サポート依頼');
    expect((await t.say(who, '3')).text).toContain('コントラクト ID');
    await t.say(who, '87654321');
    await t.say(who, 'キャンセル');
    expect((await t.say(who, '最初から')).text).toContain('消しました');
    await t.say(who, 'サポート依頼');
    expect((await t.say(who, '3')).text).toContain('コントラクト ID');
  });

  test('who was away is asked first, whatever was typed', async () => {
    const who = somebody();
    await t.say(who, 'サポート依頼');
    await t.say(who, '3');
    t.clock.advance(11 * 60_000);
    expect((await t.say(who, 'xyz')).text).toContain('続ける');
    t.clock.advance(11 * 60_000);
    expect((await t.say(who, 'サポート依頼')).text).toContain('続ける');
  });

  test('register in a group goes to the own chat', async () => {
    const who = somebody();
    await t.say(who, '日本語');
    await t.say(who, '登録', { conversation: { id: '19:group@thread.v2', conversationType: 'groupChat', tenantId: who.tenantId } });
    expect(t.chat(who).map(({ body }) => textOfActivity(body)).at(-1)).toContain('初めての登録');
  });

  test('a form that a guide leads to begins with the contract that was spoken of', async () => {
    const who = somebody();
    await t.say(who, 'サポート依頼');
    await t.say(who, '3');
    await t.say(who, '87654321');
    const form = await t.press(who, { verb: 'command', command: 'requestRole' });
    expect(JSON.stringify(cardOf(form.sent[0]))).toContain('87654321');
  });

  test('near misses and numbers where something may be looked up', async () => {
    for (const [typed, said] of [['１', 'セルフサービス'], ['しらべて', 'セルフサービス'], ['2', 'どのアカウント']] as const) {
      const who = somebody();
      signIn.reply = () => realm({ NameSpaceType: 'Managed', IsViral: true });
      await begin(who, 'profile-error');
      await t.say(who, 'taro@contoso.co.jp');
      await t.say(who, 'わからない');
      expect([typed, (await t.say(who, typed)).text]).toEqual([typed, expect.stringContaining(said)]);
    }
  });

  test('a slow look goes on after the answer to the button, and the card follows', async () => {
    const who = somebody();
    await begin(who, 'profile-error');
    await t.say(who, 'taro@contoso.co.jp');
    const asked = await t.say(who, 'わからない');
    let tries = 0;
    signIn.reply = () => ((tries += 1) === 1 ? { body: '{}', delay: 10_000 } : { ...realm({ NameSpaceType: 'Managed' }), delay: 1_500 });
    const pressed = await t.pressTitle(who, cardOf(asked.sent[0]), '調べる', {}, asked.ids[0]);
    expect(pressed.text).toContain('調べています');
    expect(t.chat(who).map(({ body }) => textOfActivity(body)).join()).toContain('種類に問題は見つかりませんでした');
    expect((await t.say(who, '戻る')).text).toContain('サインイン ID');
  }, 20_000);

  test('back from a finding asks for the ID again, even one known from another guide', async () => {
    const who = somebody();
    signIn.reply = () => realm({ NameSpaceType: 'Unknown' });
    await t.say(who, 'サポート依頼');
    await t.say(who, '1');
    for (const said of ['12345678', 'office@contoso.co.jp', 'tarp@contoso.co.jp']) await t.say(who, said);
    await begin(who, 'profile-error');
    await t.say(who, 'わからない');
    expect((await t.say(who, '調べる')).text).toContain('見つかりませんでした');
    expect((await t.say(who, '戻る')).text).toContain('サインイン ID を入力');
    await t.say(who, 'taro@contoso.co.jp');
    signIn.reply = () => realm({ NameSpaceType: 'Managed', IsViral: true });
    await t.say(who, 'わからない');
    expect((await t.say(who, '調べる')).text).toContain('セルフサービス');
  });
});

test('an answer to a pasted error leads into its guide', async () => {
  const who = somebody();
  const seen = await t.say(who, 'An error occurred while setting up your profile. Please refresh');
  const begun = await t.press(who, actionsOf(cardOf(seen.sent[0])).find((action) => action['verb'] === 'startGuide')!['data'] as never);
  expect(begun.text).toMatch(/Step 1\//);
});

describe('coming back', () => {
  test('after ten minutes it is asked whether to go on; nothing moves before', async () => {
    const who = somebody();
    await t.say(who, 'サポート依頼');
    t.clock.advance(11 * 60_000);
    const back = await t.say(who, '3');
    expect(back.text).toContain('ガイドの途中でした');
    const on = await t.pressTitle(who, cardOf(back.sent[0]), '続ける');
    expect(on.text).toContain('どのような依頼ですか');
    expect((await t.say(who, '3')).text).toContain('コントラクト ID');
    expect((await t.say(who, '戻る')).text).toContain('どのような依頼ですか');
    t.clock.advance(11 * 60_000);
    const anew = await t.pressTitle(who, cardOf((await t.say(who, '3')).sent[0]), '最初から');
    expect(anew.text).toMatch(/ステップ 1\//);
  });

  test('a button pressed after that asks too, and then goes on', async () => {
    const who = somebody();
    const begun = await t.say(who, 'サポート依頼');
    t.clock.advance(11 * 60_000);
    const back = await t.pressTitle(who, cardOf(begun.sent[0]), 'それ以外', {}, begun.ids[0]);
    expect(back.text).toContain('ガイドの途中でした');
    const on = await t.pressTitle(who, back.inPlace, '続ける', {}, begun.ids[0]);
    expect((await t.pressTitle(who, cardOf(on.sent[0]), 'それ以外', {}, on.ids[0])).text).toContain('コントラクト ID');
  });

  test('after fourteen days the guide is over', async () => {
    const who = somebody();
    const seen = await t.say(who, 'サポート依頼');
    t.clock.advance(14 * 24 * 60 * 60_000 + 1);
    expect((await t.pressTitle(who, cardOf(seen.sent[0]), 'それ以外', {}, seen.ids[0])).text).toContain('14 日たったため');
    expect((await t.say(who, '戻る')).text).toContain('進行中のガイドはありません');
  });
});

describe('asking again', () => {
  test('is promised for the right time, kept over a restart, done once, and not before', async () => {
    const who = somebody();
    const { card, on } = await begin(who, 'waiting');
    let seen = card;
    for (let i = 0; i < 8 && !JSON.stringify(seen).includes('"remind"'); i += 1) {
      const next = hasInput(seen) ? await t.say(who, '30分前') : await step(who, seen, on, 0);
      seen = next?.inPlace ?? cardOf(next?.sent.find((one) => cardOf(one) !== undefined));
    }
    const action = actionsOf(seen).find((one) => one['verb'] === 'remind')?.['data'] as { at: string };
    expect(Date.parse(action.at) - t.clock.now().getTime()).toBe(1.5 * 60 * 60_000);
    expect((await t.press(who, action as never)).say).toContain('もう一度お聞きします');
    await t.restart();
    const asked = () => t.channel.calls.filter(({ conversation, body }) => conversation === `a:${who.id}` && textOfActivity(body).includes('お約束の時間')).length;
    t.clock.advance(1.4 * 60 * 60_000);
    t.bot.tick();
    await t.bot.house.background.idle(5_000);
    expect(asked()).toBe(0);
    t.clock.advance(0.2 * 60 * 60_000);
    await t.restart();
    await t.bot.house.background.idle(5_000);
    expect(asked()).toBe(1);
    t.bot.tick();
    await t.bot.house.background.idle(5_000);
    expect(asked()).toBe(1);
    const question = cardOf(t.channel.calls.findLast(({ conversation, body }) => conversation === `a:${who.id}` && textOfActivity(body).includes('お約束の時間'))?.body);
    expect((await t.pressTitle(who, question, '使えました')).text).toContain('何よりです');
    expect((await t.pressTitle(who, question, 'まだ使えません')).text).toContain('今、どの画面');
  });

  test('once for a guide, never in a group, only for a guide there is', async () => {
    const who = somebody();
    await t.say(who, '日本語');
    const at = (minutes: number): string => new Date(t.clock.now().getTime() + minutes * 60_000).toISOString();
    const kept = async () => (await t.bot.house.chats.get(who.tenantId, `a:${who.id}`))?.reminders ?? [];
    for (const minutes of [10, 20]) await t.press(who, { verb: 'remind', guide: 'waiting', at: at(minutes) });
    expect(await kept()).toMatchObject([{ at: at(20) }]);
    expect((await t.press(who, { verb: 'remind', guide: 'no-such-guide', at: at(10) })).say).not.toContain('お聞きします');
    for (const guide of ['status', 'registration', 'welcome-mail']) await t.press(who, { verb: 'remind', guide, at: at(30) });
    expect((await kept()).map(({ guide }) => guide)).toEqual(['status', 'registration', 'welcome-mail']);
    const group = { conversation: { id: '19:remind', conversationType: 'groupChat', tenantId: TENANT } };
    expect((await t.press(who, { verb: 'remind', guide: 'waiting', at: at(10) }, undefined, group)).say).toContain('個人チャット');
  });

  test('not at a time that a card made up', async () => {
    const who = somebody();
    await t.say(who, '日本語');
    for (const at of ['2020-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z']) expect((await t.press(who, { verb: 'remind', guide: 'waiting', at })).say).toContain('ボタン');
  });
});

test('in a group a guide moves to the own chat', async () => {
  const who = somebody();
  await t.say(who, '日本語');
  const group = { conversation: { id: '19:guides', conversationType: 'groupChat', tenantId: TENANT } };
  expect((await t.say(who, 'サポート依頼', group)).text).toContain('個人チャットに送りました');
  await t.bot.house.background.idle(5_000);
  const own = t.chat(who).at(-1)!;
  expect((await t.pressTitle(who, cardOf(own.body), '始める')).text).toContain('どのような依頼ですか');
  const stranger = somebody();
  expect((await t.say(stranger, 'サポート依頼', group)).text).not.toContain('送りました');
});

test('the language can change half way', async () => {
  const who = somebody();
  await t.say(who, 'サポート依頼');
  await t.say(who, 'English');
  expect((await t.say(who, '3')).text).toContain('contract ID (License ID) of the agreement');
});
