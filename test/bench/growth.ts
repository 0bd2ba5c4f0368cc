import { parseArgs } from 'node:util';
import { ADMINISTERED, grown } from './company/companies.ts';
import { LISTS } from './load/lists.ts';
import type { Order, Ran } from './load/pace.ts';
import { machine } from './print/machine.ts';
import { at, median } from './print/statistics.ts';
import { table } from './print/table.ts';
import { verdict } from './print/verdict.ts';
import type { Sized } from './sized.ts';
import { AT_A_TIME, decideTen, orderFor, startSized } from './sized.ts';
import { startClient } from './process/bots.ts';

// `npm run bench -- growth`: how long a decision takes, and a list, where there are more and more contracts. One person at a time, so
// that it is the time of the bot and nobody's waiting; from one size to the next and again, so that whatever else the machine does
// meets them all. Fails when a reply was wrong or missing, and above the targets.

/** A decision at the last size, for one at the first. */
const GROWTH = 2;
const LIST_P95_MS = 50;

const { values } = parseArgs({
  options: {
    /** Contracts and the assignments on all of them. */
    sizes: { type: 'string', default: '10x100,1000x10000,10000x100000' },
    /** Printed only. */
    also: { type: 'string', default: '1000x100000' },
    decisions: { type: 'string', default: '100' },
    warmup: { type: 'string', default: '60' },
    lists: { type: 'string', default: '100' },
  },
});
const [decisions, warmup, asked] = [values.decisions, values.warmup, values.lists].map(Number) as [number, number, number];
const out = (line: string): void => void process.stdout.write(`${line}\n`);

out(machine());
const client = await startClient();
const companies = `${values.sizes},${values.also}`.split(',').filter((size) => size !== '').map((size) => grown(...(size.split('x').map(Number) as [number, number])));
const all: Sized[] = [];
for (const company of companies) all.push(await startSized(client, company));
for (let done = -warmup; done < decisions; done += AT_A_TIME) for (const one of all) await decideTen(client, one, done >= 0);

const ms = (times: number[], share = 0.5): string => at(times, share).toFixed(1);
const rows = all.map(({ company, decided, told, requested, cpuMs, startMs, rss }) => [String(company.contracts), String(company.assignments), ms(decided), ms(decided, 0.95), ms(told), (cpuMs / decided.length).toFixed(1), ms(requested), (rss / 2 ** 20).toFixed(0), (startMs / 1000).toFixed(1)]);
out(`one at a time, ${decisions} decisions at each size after ${warmup} to warm up, always on the same ${AT_A_TIME} contracts; ms; CPU with all that follows from a decision; start with the writing of the files`);
out(table([['contracts', 'assignments', 'decided p50', 'p95', 'all told p50', 'CPU ms', 'asked for p50', 'RSS MB', 'start s'], ...rows]));
const [first, last] = [all[0]!, all[values.sizes.split(',').length - 1]!];
const ratio = median(last.decided) / median(first.decided);
out(`a decision at ${last.company.contracts} contracts takes ${ratio.toFixed(2)} times as long as at ${first.company.contracts}${verdict(ratio > GROWTH, String(GROWTH))}`);

await client.child.ask('run', { ...orderFor(last, 'requestsOnTen', AT_A_TIME), turns: 4 * AT_A_TIME } satisfies Order);
for (const { scenario, command, kind } of LISTS) {
  const order = { ...orderFor(last, scenario, 1), turns: asked };
  await client.child.ask<Ran>('run', { ...order, turns: Math.ceil(asked / 4) });
  const { whole } = await client.child.ask<Ran>('run', order);
  const who = kind === 'holder' ? 'somebody with roles' : `an administrator of ${ADMINISTERED} contracts`;
  out(`${command}, ${who}, at ${last.company.contracts} contracts: median ${ms(whole)} ms, p95 ${ms(whole, 0.95)} ms${verdict(at(whole, 0.95) > LIST_P95_MS, `${LIST_P95_MS} ms`)}`);
}
for (const { bot } of all) await bot.stop();
await client.child.stop();
