import { person } from './people.ts';
import type { Scenario } from './scenario.ts';
import { nothingUnasked, onlyMessage } from './scenario.ts';

const AGAIN_MS = 5;
const PATIENCE_MS = 60_000;

/** Somebody asks until there is a bot that answers. */
export function firstWord(): Scenario {
  return {
    who: (n) => person(n, 'holder'),
    begin: async (talk) => {
      const end = performance.now() + PATIENCE_MS;
      for (;;) {
        try {
          return onlyMessage((await talk.say('help')).sent);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED' || performance.now() > end) throw error;
          await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        }
      }
    },
    turn: async () => false,
    after: nothingUnasked,
  };
}
