import { testBot } from '../support/bot.ts';
import { deskOf } from '../support/desk.ts';
import { anna, cleo, dan } from '../support/people.ts';

// Part of `npm run bench`: a message from the person to the thread and from the helper to the person, through HTTP, stored and
// delivered, against a command in the same run; at the beginning of a conversation and after many messages.

const MESSAGES = 200;
const EDGE = 40;

const bot = await testBot({ environment: { OPERATORS: dan.mail } });
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const relayed: number[] = [];
const commands: number[] = [];
try {
  const desk = deskOf(bot);
  await bot.say(anna, 'hello');
  await desk.say(dan, 'use as help desk');
  const { thread } = await desk.ask(cleo, 'The page stays white');
  await desk.press(anna, thread, 'Claim');
  for (let round = 0; round < MESSAGES / 2; round += 1) {
    commands.push(await timed(() => bot.say(dan, 'help')));
    relayed.push(await timed(() => bot.say(cleo, `message ${round}`)), await timed(() => desk.write(anna, `answer ${round}`, thread)));
  }
} finally {
  await bot.stop();
}
const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
const [first, last, help] = [median(relayed.slice(0, EDGE)), median(relayed.slice(-EDGE)), median(commands)];
process.stdout.write(`a relayed message, stored and delivered: median ${first.toFixed(1)} ms at first, ${last.toFixed(1)} ms after ${MESSAGES} (${(last / first).toFixed(1)}); help ${help.toFixed(1)} ms (1.0), a message ${(median(relayed) / help).toFixed(1)}\n`);
