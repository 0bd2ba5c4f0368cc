import { execFileSync } from 'node:child_process';
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** Where and when it is measured, and how busy others keep the machine: asked before anything is started. */
export function machine(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim();
  const isChanged = execFileSync('git', ['status', '--porcelain', '--', '.']).toString() !== '';
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, commit ${commit}${isChanged ? ' with changes' : ''}, Node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model.trim() ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${platform()} ${release()} ${arch()}; load before: ${loadavg()[0]?.toFixed(1)}`;
}
