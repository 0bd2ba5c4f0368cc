import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Answered, Usage } from './serve.ts';

/** A process of the bench's own, which answers what it is asked. */
export interface Child {
  /** What it said when it was ready: of a bot, where it listens. */
  ready: string;
  pid: number;
  ask<T>(what: string, about?: unknown): Promise<T>;
  usage(): Promise<Usage>;
  /** Ends it as a person does, and waits until it is gone. */
  stop(): Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Starts a compiled module of test/bench, for example `peers/raw`, with these flags of Node. Rejects, and so does whatever is asked, when the process ends by itself. */
export async function startChild(module: string, environment: Record<string, string> = {}, flags: readonly string[] = []): Promise<Child> {
  const child = fork(join(import.meta.dirname, '..', `${module}.js`), {
    env: { PATH: process.env['PATH'], ...environment },
    execArgv: ['--disable-warning=ExperimentalWarning', ...flags],
    // What a bot logs is written, and read by nobody.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, Waiting>();
  const ready = new Promise<string>((resolve, reject) => waiting.set(0, { resolve: (value) => resolve(String(value)), reject }));
  child.on('message', ({ id, value, fault }: Answered) => {
    if (fault === undefined) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new Error(`${module}: ${fault}`));
    waiting.delete(id);
  });
  child.once('exit', (code, signal) => {
    for (const one of waiting.values()) one.reject(new Error(`${module} ended by itself (${code ?? signal})`));
  });
  let count = 0;
  const ask = <T>(what: string, about?: unknown): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve: (value) => resolve(value as T), reject });
      child.send({ id: count, what, about });
    });
  return { ready: await ready, pid: child.pid ?? 0, ask, usage: () => ask<Usage>('usage'), stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
