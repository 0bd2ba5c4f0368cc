import { testBot, actionsOf, cardOf } from '../support/bot.ts';
import { cleo } from '../support/people.ts';
import { at } from './print/statistics.ts';
import { verdict } from './print/verdict.ts';

// Part of `npm run bench`: a step of a guide through HTTP, against a command in the same run. Fails above the target.

const TARGET_MS = 50;
const ROUNDS = 40;

const out = (line: string): void => void process.stdout.write(`${line}\n`);
const bot = await testBot();
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const steps: number[] = [];
const commands: number[] = [];
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    commands.push(await timed(() => bot.say(cleo, 'help')));
    for (const guide of bot.bot.house.guides.keys()) {
      const begun = await bot.press(cleo, { verb: 'startGuide', guide });
      const way = actionsOf(cardOf(begun.sent[0])).find((action) => action['verb'] === 'guide' && ['next', 'choose'].includes((action['data'] as { move: string }).move));
      if (way) steps.push(await timed(() => bot.press(cleo, way['data'] as never, begun.ids[0])));
    }
  }
} finally {
  await bot.stop();
}
const p95 = at(steps, 0.95);
out(`a guide's step over HTTP: median ${at(steps, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms${verdict(p95 > TARGET_MS, `${TARGET_MS} ms`)}; help ${at(commands, 0.5).toFixed(1)} ms (1.0), a step ${(at(steps, 0.5) / at(commands, 0.5)).toFixed(1)}`);
