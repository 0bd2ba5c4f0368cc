import { person } from './people.ts';
import type { Asked } from './questionsAsked.ts';
import type { Scenario } from './scenario.ts';
import { nothingUnasked, onlyMessage } from './scenario.ts';
import { Wrong } from './talk.ts';

/** Says the same questions to a bot that echoes. */
export function echo(asked: Asked[]): Scenario {
  let at = 0;
  return {
    who: (n) => person(n, 'holder'),
    begin: (talk) => talk.say('hello'),
    after: nothingUnasked,
    turn: async (talk) => {
      const { text } = asked[at % asked.length]!;
      at += 1;
      const { body } = onlyMessage((await talk.say(text)).sent);
      if (body.text !== `Echo: ${text}`) throw new Wrong(`${text}: answered with ${String(body.text)}`);
    },
  };
}
