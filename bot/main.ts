import { FolderInUse } from '../data/store/json/lock.ts';
import { readSettings, SettingsError } from './config.ts';
import { start } from './start.ts';

try {
  const settings = readSettings(process.env);
  const bot = await start(settings);
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
