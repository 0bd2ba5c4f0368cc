import { basename } from 'node:path';
import { testBot } from '../support/bot.ts';
import type { Asked } from './ask.ts';
import { askAll } from './ask.ts';
import { readCases } from './cases.ts';

// `npm run eval -- [FILE …] [--quiet]`: asks every case of the files (the project's own by default) through the whole bot
// over HTTP. Fails when a language and kind of a file is below the target.

export const TARGET = 0.95;
const OWN = ['test/answers/dev.jsonl', 'test/answers/own.jsonl', 'test/answers/heldout.jsonl'];

const args = process.argv.slice(2);
const files = args.filter((arg) => !arg.startsWith('--'));
const isQuiet = args.includes('--quiet');
const out = (line: string): void => void process.stdout.write(`${line}\n`);

const bot = await testBot();
try {
  for (const file of files.length > 0 ? files : OWN) report(file, await askAll(bot, await readCases(file)));
} finally {
  await bot.stop();
}

function report(file: string, asked: Asked[]): void {
  out(`\n${basename(file)}: ${asked.length} questions`);
  // Whoever tunes must not see what is held out, unless it is asked for by name.
  const isHidden = isQuiet || (files.length === 0 && file.includes('heldout'));
  if (!isHidden) for (const { one, fault } of asked) if (fault !== undefined) out(`  ${one.id} (${one.fact.join(', ')}) ${one.text}\n    ${fault.slice(0, 120)}`);
  for (const lang of ['ja', 'en'] as const) {
    for (const kind of ['answerable', 'out-of-scope'] as const) {
      const these = asked.filter(({ one }) => one.lang === lang && one.kind === kind);
      if (these.length === 0) continue;
      const right = these.filter(({ fault }) => fault === undefined).length;
      const askedBack = these.filter(({ reply }) => reply.isQuestion).length;
      const isBelow = right / these.length < TARGET;
      if (isBelow) process.exitCode = 1;
      out(`  ${lang} ${kind.padEnd(12)} ${right}/${these.length} ${(100 * right / these.length).toFixed(1)} %${isBelow ? ' BELOW TARGET' : ''}, asked back ${askedBack}`);
    }
  }
  const times = asked.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number): string => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  out(`  latency over HTTP: median ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}
