import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { freePort } from './freePort.ts';

const ARTEFACTS = '.artefacts';
const REDRAWN_MS = 600;

/** `npm run playground` as a person starts it, in a browser as a person sees it. */
export interface Playground {
  page: Page;
  /** The addresses that the Playground listens on. */
  listensOn: () => string[];
  /** What the command printed. */
  printed: () => string;
  type(text: string): Promise<void>;
  /** Presses the newest button with this title. */
  press(title: string): Promise<void>;
  sees(text: string | RegExp): Promise<void>;
  fill(label: string, text: string): Promise<void>;
  tick(label: string): Promise<void>;
  screenshot(name: string): Promise<void>;
  /** Another window width; the chat gets as narrow as in a side panel. */
  resize(width: number, height: number): Promise<void>;
  /** Kills the bot without warning and starts it again; the Playground's own chat begins anew. */
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

export async function playground(): Promise<Playground> {
  await mkdir(ARTEFACTS, { recursive: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'vl-e2e-'));
  const [port, teamsPort] = [await freePort(), await freePort()];
  let printed = '';
  let command: ChildProcess;
  const start = async (): Promise<void> => {
    printed = '';
    command = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'dist/bot/playground.js'], {
      env: { ...process.env, PORT: String(port), PLAYGROUND_PORT: String(teamsPort), DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [command.stdout, command.stderr]) stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await until(() => printed.includes('Three things to try'), 40_000, () => printed);
  };
  await start();

  const browser: BrowserContext = await chromium.launchPersistentContext(await mkdtemp(join(tmpdir(), 'chromium-')), {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1280, height: 1000 },
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    ],
  });
  const page = browser.pages()[0] ?? (await browser.newPage());
  page.setDefaultTimeout(15_000);
  const open = async (): Promise<void> => {
    await page.goto(`http://127.0.0.1:${teamsPort}/`);
    await page.locator('[contenteditable=true][role=textbox]').waitFor();
    // The bot greets whoever comes.
    await page.getByText(/Microsoft (volume licensing|ボリューム ライセンス)/).first().waitFor();
  };
  await open();

  return {
    page,
    listensOn: () => addressesOf(teamsPort),
    printed: () => printed,
    type: async (text) => {
      await page.locator('[contenteditable=true][role=textbox]').click();
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
    press: async (title) => {
      await page.getByRole('button', { name: title, exact: true }).last().click();
      // The card is drawn twice, by the answer and by the update that keeps it; what is typed in between is lost.
      await page.waitForTimeout(REDRAWN_MS);
    },
    sees: async (text) => {
      try {
        await page.getByText(text).last().waitFor();
      } catch (missed) {
        await page.screenshot({ path: join(ARTEFACTS, `not-seen-${Date.now()}.png`) });
        throw missed;
      }
    },
    fill: (label, text) => page.getByLabel(label).last().fill(text),
    tick: (label) => page.getByText(label, { exact: true }).last().click(),
    screenshot: async (name) => {
      // Long enough for the list to have scrolled.
      await page.waitForTimeout(600);
      await page.screenshot({ path: join(ARTEFACTS, `${name}.png`) });
    },
    resize: (width, height) => page.setViewportSize({ width, height }),
    kill: async () => {
      const gone = new Promise((resolve) => command.once('exit', resolve));
      command.kill('SIGKILL');
      await gone;
      // The Playground is a process group of its own and outlives the kill; the next one needs its port.
      await freed(teamsPort);
      await start();
      await open();
    },
    stop: async () => {
      await browser.close().catch(() => undefined);
      const left = command.exitCode ?? (await new Promise<number | null>((resolve) => {
        command.once('exit', resolve);
        command.kill('SIGINT');
      }));
      await rm(dataDir, { recursive: true, force: true });
      return left;
    },
  };
}

async function until(isDone: () => boolean, ms: number, why: () => string): Promise<void> {
  const end = Date.now() + ms;
  while (!isDone()) {
    if (Date.now() > end) throw new Error(`not in time: ${why()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Ends whatever still listens on a port of ours. */
async function freed(port: number): Promise<void> {
  const { execFileSync } = await import('node:child_process');
  execFileSync('pkill', ['-9', '-f', '--', `-p ${port}`]);
  await new Promise((resolve) => setTimeout(resolve, 500));
}

/** From /proc: IPv4 addresses are hexadecimal, last byte first; IPv6 ones are named as such. */
function addressesOf(port: number): string[] {
  const listening = (file: string): string[] =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local = '', , state]) => state === '0A' && Number.parseInt(local.split(':')[1] ?? '', 16) === port)
      .map(([, local = '']) => local.split(':')[0] ?? '');
  const four = listening('/proc/net/tcp').map((hex) => (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).toReversed().join('.'));
  return [...four, ...listening('/proc/net/tcp6').map(() => 'IPv6')];
}
