import { readSettings } from './config.ts';
import { askedToEnd, endOnFault } from './ending.ts';
import { exitWith } from './exit.ts';
import { createLog } from './log.ts';
import { placeOf } from './openStore.ts';
import { start } from './start.ts';

try {
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel);
  endOnFault(log);
  // The SDK writes errors to the console, bodies and all; the log takes only that it did.
  for (const level of ['error', 'warn', 'info', 'log'] as const) console[level] = () => log.debug('the SDK wrote to the console');
  const asked = askedToEnd(log);
  const bot = await start(settings, { log });
  const open = settings.isAuthenticated ? '' : ' (unauthenticated: MicrosoftAppId is not set, so only this machine is listened to)';
  log.info({ url: bot.url, store: placeOf(settings) }, `listening${open}`);
  // Whoever stops the bot meanwhile does not wait for it.
  await Promise.race([asked, bot.catchUp().then(() => asked)]);
  await bot.stop();
  process.exit(0);
} catch (error) {
  exitWith(error);
}
