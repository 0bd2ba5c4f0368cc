import { FolderInUse } from '../data/store/json/lock.ts';
import { readSettings, SettingsError } from './config.ts';
import { start } from './start.ts';

try {
  const settings = readSettings(process.env);
  const bot = await start(settings);
  // The SDK writes errors to the console, bodies and all; the log takes only that it did.
  for (const level of ['error', 'warn', 'info', 'log'] as const) console[level] = () => bot.house.log.debug('the SDK wrote to the console');
  const open = settings.isAuthenticated ? '' : ' (unauthenticated: MicrosoftAppId is not set, so only this machine is listened to)';
  bot.house.log.info({ url: bot.url, dataDir: settings.dataDir }, `listening${open}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void bot.stop().then(() => process.exit(0)));
  }
} catch (error) {
  if (!(error instanceof SettingsError || error instanceof FolderInUse)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
