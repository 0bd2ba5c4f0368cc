import { seeded, soak } from '../support/soak.ts';

// `npm run soak [-- MESSAGES [SEED]]`: the help desk's promise, under kills and faults. Fails when a message was lost, doubled or reordered.

const [messages = '10000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const soaked = await soak({ messages: Number(messages), tickets: 40, killEvery: 5_000, random: seeded(Number(seed)) });
const { lost, doubled, reordered, faults } = soaked;
process.stdout.write(
  `${soaked.messages} messages in ${soaked.tickets} tickets, ${soaked.kills} kills, ${faults.refused} refusals, ${faults.lost} lost answers, ${soaked.deliveredAgain} delivered again; ` +
    `${soaked.offered} offered to be shown; lost ${lost.length}, doubled ${doubled.length}, reordered ${reordered.length}; ${soaked.seconds} s (seed ${seed})\n`,
);
for (const line of [...lost.map((one) => `lost: ${one}`), ...doubled.map((one) => `doubled: ${one}`), ...reordered.map((one) => `reordered: ${one}`)].slice(0, 50)) process.stdout.write(`${line}\n`);
if (!soaked.isAlive) process.stdout.write('the last process ended by itself\n');
process.exitCode = soaked.isAlive && lost.length + doubled.length + reordered.length === 0 ? 0 : 1;
