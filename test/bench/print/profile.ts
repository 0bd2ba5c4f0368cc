import type { Profiler } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { table } from './table.ts';

/** Microseconds of a function, of a file or of a package: in itself, with what Node does for it at once, and with all that it calls. */
interface Spent {
  name: string;
  self: number;
  withNode: number;
  total: number;
}

type Frame = Profiler.ProfileNode['callFrame'];

/** Not work of the bot: `dispatch` is the profiler's own. */
const IDLE = new Set(['(idle)', '(root)', 'dispatch']);
const isNodes = (frame: Frame): boolean => frame.url.startsWith('node:') || frame.url === '';

/** The functions, files and packages that cost most in themselves, in microseconds a turn. */
export function profileTables({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, turns: number, most: number): string {
  const selfOf = new Map<number, number>();
  for (const [i, id] of samples.entries()) selfOf.set(id, (selfOf.get(id) ?? 0) + (timeDeltas[i] ?? 0));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const all = [...selfOf].filter(([id]) => !IDLE.has(byId.get(id)?.callFrame.functionName ?? '')).reduce((sum, [, spent]) => sum + spent, 0);
  const parts = ([['package', packageOf], ['file', fileOf], ['function', functionOf]] as const).map(([title, nameOf]) => {
    const spent = spentBy(nodes, byId, selfOf, nameOf).filter(({ name, total }) => total > 0 && !IDLE.has(name.split(' ')[0] ?? '')).toSorted((a, b) => b.self - a.self);
    const rows = spent.slice(0, most).map(({ name, self, withNode, total }) => [name, (self / turns).toFixed(1), `${((100 * self) / all).toFixed(1)} %`, (withNode / turns).toFixed(1), (total / turns).toFixed(1)]);
    return table([[title, 'itself', 'of all', 'with Node for it', 'with all it calls'], ...rows]);
  });
  return [`main thread: ${(all / turns / 1000).toFixed(2)} ms a turn`, ...parts].join('\n\n');
}

function spentBy(nodes: Profiler.ProfileNode[], byId: Map<number, Profiler.ProfileNode>, selfOf: Map<number, number>, nameOf: (frame: Frame) => string): Spent[] {
  const spent = new Map<string, Spent>();
  const of = (name: string): Spent => spent.get(name) ?? spent.set(name, { name, self: 0, withNode: 0, total: 0 }).get(name)!;
  /** What the branch costs; `open`: names further up, whose total has it already; `payer`: for whom Node works here. */
  const visit = (node: Profiler.ProfileNode, open: ReadonlySet<string>, payer: string): number => {
    const name = nameOf(node.callFrame);
    const pays = isNodes(node.callFrame) ? payer : name;
    const self = selfOf.get(node.id) ?? 0;
    const inside = new Set(open).add(name);
    const total = (node.children ?? []).reduce((sum, id) => sum + visit(byId.get(id)!, inside, pays), self);
    const one = of(name);
    one.self += self;
    of(pays).withNode += self;
    if (!open.has(name)) one.total += total;
    return total;
  };
  visit(nodes[0]!, new Set(), '(nobody)');
  return [...spent.values()];
}

/** A file as it is named in the repository, or from its package on. */
function fileOf({ url, functionName }: Frame): string {
  if (url === '') return functionName.startsWith('(') ? functionName : '(native)';
  if (url.startsWith('node:')) return url;
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  const [, inPackage = path] = /^.*\/node_modules\/(.*)$/.exec(path) ?? [];
  return inPackage.replace(`${process.cwd()}/dist/`, '');
}

function packageOf(frame: Frame): string {
  const file = fileOf(frame);
  if (file.startsWith('(') && file !== '(native)') return file;
  if (isNodes(frame)) return 'node';
  const [first = '', second = ''] = file.split('/');
  if (!/\/node_modules\//.test(frame.url)) return `this bot: ${first}/${second.endsWith('.js') ? '' : second}`;
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function functionOf(frame: Frame): string {
  const { functionName, lineNumber } = frame;
  const file = fileOf(frame);
  return file.startsWith('(') && file !== '(native)' ? file : `${functionName === '' ? '(anonymous)' : functionName} ${file}:${lineNumber + 1}`;
}
