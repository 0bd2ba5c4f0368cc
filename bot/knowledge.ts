import { join } from 'node:path';
import { checkKnowledge } from '../data/knowledge/check.ts';
import { searchIn } from '../data/knowledge/search.ts';
import { gapGroups, gapsAsCsv, gapsAsMarkdown } from '../data/knowledge/gapReport.ts';
import { readStoreSettings } from './config.ts';
import { draftsAsMarkdown, draftsIn } from './desk/draft.ts';
import { exitWith } from './exit.ts';
import { buildKnowledge, indexKnowledge } from './knowing.ts';
import { readRecords } from './readRecords.ts';

// `npm run knowledge -- check` and `npm run knowledge -- gaps [--csv]` change nothing; the bot may run meanwhile. `build` is a part of
// `npm run build`.

const USAGE = 'Usage: npm run knowledge -- check\n       npm run knowledge -- gaps [--csv]';
const out = (text: string): void => void process.stdout.write(`${text}\n`);
const err = (text: string): void => void process.stderr.write(`${text}\n`);
const damaged = (file: string): void => err(`${file} cannot be read and is left out.`);

process.exitCode = await main(process.argv.slice(2));

async function main([command, ...options]: string[]): Promise<number> {
  const asCsv = command === 'gaps' && options.join(' ') === '--csv';
  if (!asCsv && options.length > 0) return misused();
  try {
    switch (command) {
      case 'build':
        await buildKnowledge();
        return 0;
      case 'check':
        return await check();
      case 'gaps':
        return await gaps(asCsv);
      case undefined:
      default:
        return misused();
    }
  } catch (error) {
    exitWith(error);
  }
}

function misused(): number {
  err(USAGE);
  return 2;
}

async function check(): Promise<number> {
  let built;
  try {
    built = await indexKnowledge();
  } catch (error) {
    err(error instanceof Error ? error.message : String(error));
    return 1;
  }
  const problems = checkKnowledge(built.knowledge, searchIn(built.index));
  for (const problem of problems) err(problem);
  const { entries } = built.knowledge;
  out(`${entries.ja.size} entries in two languages, ${[...entries.ja.values(), ...entries.en.values()].reduce((sum, { questions }) => sum + questions.length, 0)} questions, ${problems.length} problems.`);
  return problems.length === 0 ? 0 : 1;
}

async function gaps(asCsv: boolean): Promise<number> {
  // Only the store matters here, so that the command runs wherever the bot's secrets are not.
  const settings = readStoreSettings(process.env);
  const [asked, rated] = await readRecords(settings, damaged, (reader) => Promise.all([reader.of('gaps'), reader.of('ratings')]));
  const search = searchIn((await indexKnowledge()).index);
  const tenants = [...new Set([...asked, ...rated].map(({ tenantId }) => tenantId))].toSorted();
  const reports = tenants.map((tenantId) => {
    const of = <T extends { tenantId: string }>(all: T[]): T[] => all.filter((one) => one.tenantId === tenantId);
    return { tenantId, groups: gapGroups(of(asked), of(rated), search) };
  });
  const drafts = await draftsIn(join(settings.dataDir, 'drafts'));
  process.stdout.write(asCsv ? gapsAsCsv(reports) : `${gapsAsMarkdown(reports)}${draftsAsMarkdown(drafts)}`);
  return 0;
}
