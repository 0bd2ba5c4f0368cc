import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Profiler } from 'node:inspector';
import { parseArgs } from 'node:util';
import type { Contestant } from './contestants.ts';
import { CONTESTANTS } from './contestants.ts';
import type { Order, Ran } from './load/pace.ts';
import { machine } from './print/machine.ts';
import { profileTables } from './print/profile.ts';
import { startClient } from './process/bots.ts';

// `npm run bench -- profile question|guide|request|decision|botbuilder|teamsAi [--authenticated]`: what the time of a turn goes into.
// What does not run in JavaScript's own thread (the disk, most of the garbage collection) is in the CPU of the process only.

const KINDS: Record<string, string> = { question: 'questions', guide: 'guides', request: 'requests', decision: 'decisions', botbuilder: 'botbuilder', teamsAi: 'teamsAi' };
const { values, positionals: [kind = 'question'] } = parseArgs({
  allowPositionals: true,
  options: { ms: { type: 'string', default: '8000' }, warmup: { type: 'string', default: '6000' }, top: { type: 'string', default: '25' }, conversations: { type: 'string', default: '16' }, authenticated: { type: 'boolean', default: false } },
});
const out = (line: string): void => void process.stdout.write(`${line}\n`);

const isMeant = ({ scenario, bot, isAuthenticated }: Contestant): boolean => isAuthenticated === values.authenticated && (scenario === 'echo' ? bot.split(' ')[0] : scenario) === KINDS[kind];
const contestant = CONTESTANTS.find(isMeant);
if (!contestant) throw new Error(`There is no ${kind}; there are ${Object.keys(KINDS).join(', ')}, requests and decisions without authentication only.`);

out(machine());
const client = await startClient();
const bot = await contestant.start(client);
const orderOf = (scenario: string, forMs?: number): Order => ({ session: scenario, url: bot.url, scenario, company: contestant.company, conversations: scenario === 'decisions' ? contestant.company.administrators : Number(values.conversations), atOnce: Number(values.conversations), isAuthenticated: contestant.isAuthenticated, ...(forMs === undefined ? {} : { forMs }) });
const { scenario } = contestant;
// Only what was asked for can be decided.
const prepared = scenario === 'decisions' ? ['decisions', 'requests'] : [scenario];
for (const one of prepared) await client.child.ask('begin', orderOf(one, 0));
const run = async (forMs: number, isProfiled: boolean): Promise<Ran> => {
  if (scenario === 'decisions') await client.child.ask('run', orderOf('requests', forMs));
  if (isProfiled) await bot.child.ask('startProfile');
  return client.child.ask<Ran>('run', orderOf(scenario, scenario === 'decisions' ? undefined : forMs));
};
await run(Number(values.warmup), false);
const before = await bot.child.usage();
const { turns, ms } = await run(Number(values.ms), true);
const after = await bot.child.usage();
const profile = await bot.child.ask<Profiler.Profile>('stopProfile');
await Promise.all([bot.stop(), client.child.stop()]);

const file = join(tmpdir(), `${kind}.cpuprofile`);
await writeFile(file, JSON.stringify(profile));
out(`${contestant.name}, ${contestant.isAuthenticated ? 'with' : 'without'} authentication: ${turns} turns in ${(ms / 1000).toFixed(1)} s, ${((after.cpuMs - before.cpuMs) / turns).toFixed(2)} ms of CPU a turn while profiled; microseconds a turn; the profile is in ${file}\n`);
out(profileTables(profile, turns, Number(values.top)));
