import { spawn, spawnSync } from 'node:child_process';

const argsOf = (file: string, args: string[]): string[] => ['--disable-warning=ExperimentalWarning', `dist/bot/${file}.js`, ...args];
const envOf = (environment: Record<string, string>): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', ...environment });

/** Runs a built command to its end. */
export function runCommand(file: string, args: string[], environment: Record<string, string>): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, argsOf(file, args), { encoding: 'utf8', env: envOf(environment), timeout: 60_000 });
  return { status, out: stdout, err: stderr };
}

/** The same, while the test does other things. */
export function commandEnded(file: string, args: string[], environment: Record<string, string>): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, argsOf(file, args), { env: envOf(environment), stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, out, err })));
}

/** Starts a built command and kills it when `isTime`, asked every few milliseconds. */
export async function killCommand(file: string, args: string[], environment: Record<string, string>, isTime: () => boolean): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, argsOf(file, args), { env: envOf(environment), stdio: 'ignore' });
  const asking = setInterval(() => isTime() && child.kill('SIGKILL'), 2);
  const signal = await new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, with_) => resolve(with_)));
  clearInterval(asking);
  return signal;
}
