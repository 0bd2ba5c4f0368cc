import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, SettingsError } from './config.ts';
import { exitWith } from './exit.ts';
import { placeOf } from './openStore.ts';
import { seedSample } from './sample.ts';
import { start } from './start.ts';
import { packageRoot } from './system.ts';

// `npm run playground`: the bot with sample contracts, and Microsoft's local Teams to talk to it.

const PLAYGROUND_PORT = process.env['PLAYGROUND_PORT']?.trim() || '56150';
/**
 * Runs in the Playground before its own code: it would listen on every interface, and whoever reached it would be Anna.
 * It has no setting for that.
 */
const LOOPBACK_ONLY = `data:text/javascript,${encodeURIComponent(`
  import { Server } from 'node:net';
  const { listen } = Server.prototype;
  Server.prototype.listen = function (port, ...rest) {
    return listen.call(this, typeof port === 'number' ? { port, host: '127.0.0.1' } : port, ...rest);
  };
`)}`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  await mustBeFree(Number(PLAYGROUND_PORT));
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env, MicrosoftAppId: '', HOST: '127.0.0.1' });
  const bot = await start(settings);
  await bot.catchUp();
  const isSeeded = await seedSample(bot.house, join(packageRoot(), 'data/sample'));
  say(`The bot listens on ${bot.url}, its data is in ${placeOf(settings)}${isSeeded ? ' (filled with sample contracts)' : ''}.`);

  const root = packageRoot();
  const teams = spawn(
    process.execPath,
    ['--import', LOOPBACK_ONLY, join(root, 'node_modules/@microsoft/m365agentsplayground/cli.js'), 'start', '-e', `${bot.url}/api/messages`, '-c', 'msteams', '--disable-telemetry', '-p', PLAYGROUND_PORT],
    {
      // It writes a folder of its own into its working directory.
      cwd: await mkdtemp(join(tmpdir(), 'playground-')),
      env: {
        ...process.env,
        TEAMSAPPTESTER_BROWSER: 'none',
        APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: join(root, '.m365agentsplayground.yml'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
      // Ctrl+C reaches this process alone, which stops both.
      detached: true,
    },
  );
  let isReady = false;
  teams.stdout.on('data', (chunk: Buffer) => {
    if (isReady || !/listening/i.test(chunk.toString())) return;
    isReady = true;
    say(`\nOpen http://127.0.0.1:${PLAYGROUND_PORT}/ in a browser. You are Anna Adams. Three things to try:`);
    say('  1. Ask:            招待メールが来ない    or    who can give me a VL role?');
    say('  2. Be guided:      登録                  or    register');
    say('  3. Decide:         承認待ち              or    approvals');
    say('\nCtrl+C stops both.');
  });
  const stop = async (code: number): Promise<void> => {
    teams.kill('SIGTERM');
    await bot.stop();
    process.exit(code);
  };
  teams.once('exit', (code) => {
    say(`The Playground stopped (${code ?? 'killed'}).`);
    void stop(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      teams.removeAllListeners('exit');
      void stop(0);
    });
  }
} catch (error) {
  exitWith(error);
}

/** The Playground itself would print that it listens, and leave the browser to whatever is there already. */
async function mustBeFree(port: number): Promise<void> {
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new SettingsError('PLAYGROUND_PORT must be a port number.');
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', () => reject(new SettingsError(`Something listens on port ${port} already, perhaps the Playground of a start that was killed. Stop it, or set PLAYGROUND_PORT to another one.`)));
    probe.listen(port, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}
