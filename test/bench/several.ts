import { decisionSoak } from '../support/decisionSoak.ts';
import { postgresServer } from '../support/postgres.ts';
import { seeded, severalBots, soak } from '../support/soak.ts';

// `npm run several [-- MESSAGES [REQUESTS [SEED]]]`: three processes on one PostgreSQL database behind nginx, one of them killed
// every few seconds. Fails when a message was lost, doubled or reordered, or a request lost or decided twice.

const PROCESSES = 3;
const KILL_EVERY_MS = 3_000;

const [messages = '4000', requests = '300', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const out = (line: string): void => void process.stdout.write(`${line}\n`);
const server = await postgresServer();
const random = seeded(Number(seed));
try {
  const decided = await decisionSoak({ requests: Number(requests), processes: PROCESSES, databaseUrl: await server.freshDatabase(), killEvery: KILL_EVERY_MS, random });
  out(`${PROCESSES} processes: ${decided.requests} requests, each decided by two at once, ${decided.pressed} presses, ${decided.kills} kills; lost ${decided.lost.length}, decided twice ${decided.decidedTwice.length}, never told ${decided.untold.length}, told by two cards ${decided.toldTwice}, broken histories ${decided.brokenHistories.length}; ${decided.seconds} s (seed ${seed})`);
  const soaked = await soak({ messages: Number(messages), tickets: 40, killEvery: KILL_EVERY_MS, random, bots: severalBots(PROCESSES, await server.freshDatabase()) });
  out(`${PROCESSES} processes: ${soaked.messages} messages in ${soaked.tickets} tickets, ${soaked.kills} kills, ${soaked.faults.refused} refusals, ${soaked.faults.lost} lost answers, ${soaked.deliveredAgain} delivered again; ${soaked.offered} offered to be shown; lost ${soaked.lost.length}, doubled ${soaked.doubled.length}, reordered ${soaked.reordered.length}; ${soaked.seconds} s`);
  const wrong = { ...decided, ...soaked, lostRequests: decided.lost };
  const problems = [...wrong.lostRequests, ...wrong.decidedTwice, ...wrong.untold, ...wrong.brokenHistories, ...wrong.lost, ...wrong.doubled, ...wrong.reordered];
  for (const problem of problems.slice(0, 50)) out(problem);
  process.exitCode = problems.length === 0 && soaked.isAlive ? 0 : 1;
} finally {
  await server.stop();
}
