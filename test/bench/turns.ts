import { parseArgs } from 'node:util';
import { CONTESTANTS, PLAIN } from './contestants.ts';
import { compare, heldUp, tables, verdicts } from './print/comparison.ts';
import { machine } from './print/machine.ts';
import { startClient } from './process/bots.ts';
import { runRounds } from './rounds.ts';

// `npm run bench -- turns`: whole turns of this bot against bare echo bots, through HTTP. Fails when a reply was wrong or missing,
// and when a target is missed.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    warmups: { type: 'string', default: '3' },
    ms: { type: 'string', default: '1500' },
    conversations: { type: 'string', default: '16' },
    /** Only those whose names have this in them, who share a bot with them, and the plain echo. */
    only: { type: 'string', default: '' },
  },
});
const pace = { rounds: Number(values.rounds), warmups: Number(values.warmups), ms: Number(values.ms), conversations: Number(values.conversations) };
const out = (line: string): void => void process.stdout.write(`${line}\n`);

out(machine());
const client = await startClient();
const meant = new Set(CONTESTANTS.filter(({ name }) => name === PLAIN || name.includes(values.only)).map(({ bot }) => bot));
const contestants = CONTESTANTS.filter(({ bot }) => meant.has(bot));
const compared = compare(await runRounds(client, contestants, pace));
await client.child.stop();

out(`${pace.conversations} conversations at once, ${pace.rounds} rounds of ${pace.ms} ms (and ${pace.warmups} before them), from one bot to the next; ${client.questions} questions; median (smallest-largest) of the rounds; x: against the plain echo of the same round`);
out(`\n${tables(compared)}\n`);
for (const line of heldUp(compared)) out(line);
for (const { line, isMissed } of verdicts(compared)) {
  out(line);
  if (isMissed) process.exitCode = 1;
}
