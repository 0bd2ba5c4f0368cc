import type { Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import { loadSupportLines } from '../data/support/lines.ts';
import type { Clock, Ids } from '../data/ports.ts';
import { loadGuides } from '../dialogs/guide.load.ts';
import type { Server } from 'restify';
import type { Bot } from './app.ts';
import { createBot } from './app.ts';
import type { Settings } from './config.ts';
import type { Log } from './log.ts';
import type { Knowing } from './knowing.ts';
import { readKnowing } from './knowing.ts';
import { createLog } from './log.ts';
import { openStore } from './openStore.ts';
import { createServer } from './server.ts';
import { packageRoot, randomIds, systemClock } from './system.ts';
import { createTracing, noTracing } from './tracing.ts';
import { asPartOfNone } from './underWay.ts';

export interface Running extends Omit<Bot, 'stop'> {
  url: string;
  /** Stops listening, finishes what is under way, gives the store back. */
  stop(): Promise<void>;
}

/** What is still being sent when the bot stops has so long; what did not make it is sent after the next start. */
const IDLE_MS = 3_000;
const GRACE_MS = 5_000;
/** How often it looks what it is time for. */
const TICK_MS = 30_000;

/** Starts the bot as the settings say. Throws when the store is in use or cannot be reached, guides are invalid or nothing was built. */
export async function start(
  settings: Settings,
  others: { knowing?: Knowing; log?: Log; clock?: Clock; ids?: Ids } = {},
): Promise<Running> {
  const log = others.log ?? createLog(settings.logLevel);
  const root = packageRoot();
  const [knowing, guides, supportLines] = await Promise.all([others.knowing ?? readKnowing(), loadGuides(join(root, 'dialogs/guides')), loadSupportLines(join(root, 'data/support/lines.csv'))]);
  const clock = others.clock ?? systemClock;
  const store = await openStore(settings, { onDamage: (damage) => log.error(damage, 'something that is stored is damaged'), onFault: (err) => asPartOfNone(() => log.warn({ err }, 'the store failed for a moment; it is tried again')) }, clock);
  const tracing = settings.traces === undefined ? noTracing : await createTracing(settings.traces);
  const bot = createBot({ settings, tracing, store, ...knowing, guides, supportLines, log, clock, ids: randomIds, ...others });
  const server = createServer(bot);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(settings.port, settings.host, resolve);
    });
  } catch (error) {
    await store.close();
    throw error;
  }
  await bot.catchUp();
  const ticking = setInterval(() => bot.tick(), TICK_MS);
  const { port } = server.address();
  return {
    ...bot,
    url: `http://${settings.host}:${port}`,
    stop: async () => {
      clearInterval(ticking);
      bot.stop();
      await closed(server);
      await bot.house.background.idle(IDLE_MS);
      await bot.close();
      await store.close();
    },
  };
}

/** Takes no more requests; who is still sending one after a while is cut off. */
async function closed(server: Server): Promise<void> {
  const { server: http } = server as unknown as { server: HttpServer };
  const cut = setTimeout(() => http.closeAllConnections(), GRACE_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    http.closeIdleConnections();
  });
  clearTimeout(cut);
}
