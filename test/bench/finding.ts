import { join } from 'node:path';
import { readKnowing } from '../../bot/knowing.ts';
import type { Entry } from '../../data/knowledge/entry.ts';
import type { Knowledge } from '../../data/knowledge/load.ts';
import { loadKnowledge } from '../../data/knowledge/load.ts';
import { indexOf } from '../../data/knowledge/indexing.ts';
import { searchIn } from '../../data/knowledge/search.ts';
import { LANGUAGES } from '../../data/model/language.ts';
import { readCases } from '../answers/cases.ts';
import { at } from './print/statistics.ts';
import { verdict } from './print/verdict.ts';

// `npm run bench`: how long the bot takes to have its index at the start, and to find an answer, at the knowledge there is and at
// 2,000 generated entries, against parsing the same knowledge in the same run. Fails above the targets.

const TARGETS = { 84: 5, 2000: 20 } as Record<number, number>;
const AT_START_MS = 1_000;
const QUESTIONS_EACH = 8;
const ROUNDS = 5;

const out = (line: string): void => void process.stdout.write(`${line}\n`);
const began = performance.now();
const knowledge = await loadKnowledge(join(process.cwd(), 'data/knowledge'));
const loading = performance.now() - began;
const questions = (await Promise.all(['dev', 'own'].map((name) => readCases(`test/answers/${name}.jsonl`)))).flat().map(({ text }) => text);

out(`parsing the knowledge: ${loading.toFixed(0)} ms (1.0)`);
const started = performance.now();
await readKnowing();
const atStart = performance.now() - started;
out(`index at the start of the bot: ${atStart.toFixed(0)} ms (${(atStart / loading).toFixed(2)})${verdict(atStart > AT_START_MS, `${AT_START_MS} ms`)}`);
const times = [measure(knowledge.entries.ja.size, knowledge), measure(2000, grown(2000))];
const [now, then] = times;
if (now && then) out(`growth: ${(2000 / knowledge.entries.ja.size).toFixed(0)} times the entries, ${(then.median / now.median).toFixed(1)} times as long to find, ${(then.build / now.build).toFixed(1)} times as long to build`);

function measure(count: number, of: Knowledge): { build: number; median: number } {
  const from = performance.now();
  const search = searchIn(indexOf(of));
  const build = performance.now() - from;
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const question of questions) {
      const asked = performance.now();
      search.answer(question);
      if (round > 0) taken.push(performance.now() - asked);
    }
  }
  const [middle, slowest] = [at(taken, 0.5), at(taken, 0.99)];
  const target = TARGETS[count] ?? 5;
  out(`${count} entries: built in ${build.toFixed(0)} ms (${(build / loading).toFixed(1)}), a question median ${middle.toFixed(2)} ms, p99 ${slowest.toFixed(2)} ms${verdict(slowest > target, `${target} ms`)}`);
  return { build, median: middle };
}

/** More entries of the same kind: words of real questions, shuffled together and each with a few of its own. */
function grown(count: number): Knowledge {
  const entries: Knowledge['entries'] = { ja: new Map(knowledge.entries.ja), en: new Map(knowledge.entries.en) };
  let seed = 1;
  const random = (most: number): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff) % most;
  for (const lang of LANGUAGES) {
    const all = [...knowledge.entries[lang].values()];
    const real = all.flatMap((entry) => entry.questions);
    for (let i = all.length; i < count; i += 1) {
      const base = all[i % all.length] as Entry;
      const own = Array.from({ length: QUESTIONS_EACH }, (_, n) => `${real[random(real.length)] ?? ''} topic${i} ${n % 2 === 0 ? `part${i}x` : ''}`);
      entries[lang].set(`generated-${i}`, { ...base, id: `generated-${i}`, title: `Topic ${i}`, exact: [], questions: own });
    }
  }
  return { ...knowledge, entries };
}
