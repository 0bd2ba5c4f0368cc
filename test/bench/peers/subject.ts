import { readSettings } from '../../../bot/config.ts';
import { start } from '../../../bot/start.ts';
import { serveAt } from '../process/serve.ts';

// This bot, with the settings of its environment, as `bot/main.ts` starts it.

const bot = await start(readSettings(process.env));
for (const level of ['error', 'warn', 'info', 'log'] as const) console[level] = () => undefined;
process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
serveAt(bot.url);
