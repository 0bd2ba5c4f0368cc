import { LANGUAGES } from '../../data/model/language.ts';
import { TEXTS } from '../../data/text/index.ts';
import type { SentActivity } from '../support/fakeConnector.ts';
import type { TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, walk } from '../support/bot.ts';
import type { Case, Reply } from './cases.ts';
import { faultOf } from './cases.ts';
import { TENANT } from '../support/people.ts';

/** A case that was asked through the whole bot. */
export interface Asked {
  one: Case;
  reply: Reply;
  fault: string | undefined;
  /** Milliseconds from the request to the answered request. */
  ms: number;
}

/** Asks every case as a newcomer of its own, so that nothing is known of the asker and nothing was said before. */
export async function askAll(bot: TestBot, cases: Case[]): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const [i, one] of cases.entries()) {
    const number = String(i).padStart(12, '0');
    const who = { id: `29:eval-${number}`, objectId: `e0000000-0000-4000-8000-${number}`, mail: `eval${number}@example.com`, name: 'Eval', tenantId: TENANT };
    const began = performance.now();
    const { sent } = await bot.say(who, one.text, { locale: one.lang === 'ja' ? 'ja-JP' : 'en-US' });
    const ms = performance.now() - began;
    const reply = replyIn(sent);
    asked.push({ one, reply, fault: faultOf(one, reply), ms });
  }
  return asked;
}

function replyIn(sent: SentActivity[]): Reply {
  const text = sent.map(readable).join('\n');
  const isAnswer = sent.some((activity) => actionsOf(cardOf(activity)).some((action) => action['verb'] === 'rate'));
  return { text, isAnswer, isQuestion: !isAnswer && LANGUAGES.some((lang) => text.includes(TEXTS[lang].between.title)) };
}

function readable(activity: SentActivity): string {
  const texts = [activity.text ?? ''];
  const card = cardOf(activity);
  if (card) {
    walk(card, (node) => {
      if (typeof node['type'] === 'string' && node['type'].startsWith('Action.') && node['type'] !== 'Action.OpenUrl') return;
      for (const key of ['text', 'title', 'url']) if (typeof node[key] === 'string') texts.push(node[key]);
    });
  }
  return texts.join('\n').replaceAll('**', '');
}
