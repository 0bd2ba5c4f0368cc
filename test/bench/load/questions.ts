import { actionsOf, cardOf } from '../../support/bot.ts';
import type { Sent } from './channel.ts';
import { person } from './people.ts';
import type { Asked } from './questionsAsked.ts';
import type { Scenario } from './scenario.ts';
import { nothingUnasked, onlyMessage, shown } from './scenario.ts';
import { Wrong } from './talk.ts';

/** Asks one question after the other, each the next of all, and looks at the cards that answer: the entry that each is of, its title, its language. */
export function questions(asked: Asked[]): Scenario {
  let at = 0;
  return {
    who: (n) => person(n, 'holder'),
    after: nothingUnasked,
    begin: async (talk) => onlyMessage((await talk.say('help')).sent),
    turn: async (talk) => {
      const question = asked[at % asked.length]!;
      at += 1;
      const { sent } = await talk.say(question.text, ({ length }) => length >= question.answers.length);
      const fault = question.answers.length === sent.length ? question.answers.map((answer, i) => faultOf(sent[i]!, answer, question.lang)).find((one) => one !== undefined) : 'so many cards';
      if (fault !== undefined) throw new Wrong(`${question.text}: ${fault} in ${shown(sent)}`);
    },
  };
}

function faultOf({ body }: Sent, { entry, title }: Asked['answers'][number], lang: string): string | undefined {
  if (body.summary !== title) return `not the title ${title}`;
  const rating = actionsOf(cardOf(body)).map((action) => action['data'] as Record<string, unknown> | undefined).find((data) => data?.['verb'] === 'rate');
  return rating?.['entry'] === entry && rating['lang'] === lang ? undefined : `not the entry ${entry} in ${lang}`;
}
