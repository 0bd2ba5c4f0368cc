import { readSettings } from './config.ts';
import { exitWith } from './exit.ts';
import { placeOf } from './openStore.ts';
import { start } from './start.ts';

/** Whoever stops the bot waits 10 s, then kills it. */
const STOP_MS = 9_000;

try {
  const settings = readSettings(process.env);
  const bot = await start(settings);
  // The SDK writes errors to the console, bodies and all; the log takes only that it did.
  for (const level of ['error', 'warn', 'info', 'log'] as const) console[level] = () => bot.house.log.debug('the SDK wrote to the console');
  const open = settings.isAuthenticated ? '' : ' (unauthenticated: MicrosoftAppId is not set, so only this machine is listened to)';
  bot.house.log.info({ url: bot.url, store: placeOf(settings) }, `listening${open}`);
  const { log } = bot.house;
  // A rejection that nobody hears ends the process too: what it leaves is taken up by the next one.
  process.once('uncaughtException', (err) => {
    log.fatal({ err }, 'the process ends: nobody expected this');
    process.exit(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => {
        log.error('stopping took too long; what is left is taken up by the next start');
        process.exit(1);
      }, STOP_MS);
      void bot.stop().then(() => process.exit(0));
    });
  }
} catch (error) {
  exitWith(error);
}
