import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.ts';

/** nginx in front of several processes of the bot, one after the other in turn. */
export interface Balancer {
  port: number;
  stop(): Promise<void>;
}

export async function balancer(ports: number[]): Promise<Balancer> {
  const folder = await mkdtemp(join(tmpdir(), 'vl-nginx-'));
  const port = await freePort();
  // A request that reached one process is never given to another: the channel delivers it again.
  await writeFile(join(folder, 'nginx.conf'), `
daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
events { worker_connections 1024; }
http {
  access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  upstream bots { ${ports.map((one) => `server 127.0.0.1:${one} max_fails=1 fail_timeout=1s;`).join(' ')} keepalive 64; }
  server { listen 127.0.0.1:${port}; location / { proxy_pass http://bots; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_read_timeout 60s; } }
}`);
  const nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', join(folder, 'error.log')], { stdio: ['ignore', 'ignore', 'inherit'] });
  const failed = new Promise<never>((_resolve, reject) => {
    nginx.once('error', () => reject(new Error('nginx could not be started. Install it: apt-get install nginx-light')));
  });
  await Promise.race([answers(port), failed]);
  return {
    port,
    stop: async () => {
      const gone = new Promise((resolve) => nginx.once('exit', resolve));
      nginx.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    await response?.body?.cancel();
    if (response) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nginx does not answer');
}
