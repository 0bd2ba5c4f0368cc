import { fuzz } from '../support/fuzz.ts';

// `npm run fuzz [-- COUNT [SEED [PATH]]]`: mutated activities and card payloads from people without a right. Fails on a 5xx, a crash, an answer after more than a second, and a change nobody had a right to; then prints the smallest counter-example with the seed and the path that lead back to it.

const [count = '10000', seed = String(Date.now() % 1_000_000), path] = process.argv.slice(2);
const fuzzed = await fuzz({ count: Number(count), seed: Number(seed), ...(path === undefined ? {} : { path }), tell: (sentence) => void process.stderr.write(`${sentence}\n`) });
const counts = (of: Record<string, number>): string => Object.entries(of).toSorted(([, a], [, b]) => b - a).map(([name, times]) => `${name} ${times}`).join(', ');
const total = Object.values(fuzzed.sent).reduce((sum, times) => sum + times, 0);
process.stdout.write(
  `${total} activities to ${fuzzed.worlds} companies: ${counts(fuzzed.sent)}\nbodies: ${counts(fuzzed.bodies)}\nstatuses: ${counts(fuzzed.statuses)}\n` +
    `slowest answer ${Math.round(fuzzed.slowestMs)} ms; changes of the sender's own: ${counts(fuzzed.allowed)}; of others ${fuzzed.forbidden}; ${fuzzed.seconds} s (seed ${seed})\n`,
);
if (fuzzed.failure !== undefined) process.stdout.write(`${fuzzed.failure}\n`);
process.exitCode = fuzzed.failure === undefined ? 0 : 1;
