import { readSettings } from './config.ts';
import { exitWith } from './exit.ts';
import { placeOf } from './openStore.ts';
import { start } from './start.ts';

try {
  const settings = readSettings(process.env);
  const bot = await start(settings);
  // The SDK writes errors to the console, bodies and all; the log takes only that it did.
  for (const level of ['error', 'warn', 'info', 'log'] as const) console[level] = () => bot.house.log.debug('the SDK wrote to the console');
  const open = settings.isAuthenticated ? '' : ' (unauthenticated: MicrosoftAppId is not set, so only this machine is listened to)';
  bot.house.log.info({ url: bot.url, store: placeOf(settings) }, `listening${open}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void bot.stop().then(() => process.exit(0)));
  }
} catch (error) {
  exitWith(error);
}
