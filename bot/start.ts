import { join } from 'node:path';
import { loadSupportLines } from '../data/support/lines.ts';
import type { Clock, Ids } from '../data/ports.ts';
import { loadGuides } from '../dialogs/guide.load.ts';
import type { Bot } from './app.ts';
import { createBot } from './app.ts';
import type { Settings } from './config.ts';
import { Requests } from './http/requests.ts';
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
  /** Takes no new requests, ends what is in work, gives the store back. */
  stop(): Promise<void>;
}

/** Requests that are in work when the bot stops have so long: a turn tries for 8 s to send what it says. */
const IN_WORK_MS = 8_000;
/** Of it, what is still being sent besides; what did not make it is sent after the next start. */
const IDLE_MS = 3_000;
/** How often it looks what it is time for. */
const TICK_MS = 30_000;

/** Starts the bot as the settings say; it listens then, and has not caught up. Throws when the store is in use or cannot be reached, guides are invalid or nothing was built. */
export async function start(
  settings: Settings,
  others: { knowing?: Knowing; log?: Log; clock?: Clock; ids?: Ids } = {},
): Promise<Running> {
  const log = others.log ?? createLog(settings.logLevel);
  const root = packageRoot();
  const [knowing, guides, supportLines] = await Promise.all([others.knowing ?? readKnowing(), loadGuides(join(root, 'dialogs/guides')), loadSupportLines(join(root, 'data/support/lines.csv'))]);
  const clock = others.clock ?? systemClock;
  const store = await openStore(settings, { onDamage: (damage) => log.error(damage, 'something that is stored is damaged'), onFault: (err) => asPartOfNone(() => log.warn({ err }, 'the store failed for a moment; it is tried again')) }, { clock });
  const tracing = settings.traces === undefined ? noTracing : await createTracing(settings.traces, (err) => log.warn({ err }, 'the last traces could not be sent'));
  const bot = createBot({ settings, tracing, store, ...knowing, guides, supportLines, log, clock, ids: randomIds, ...others });
  const server = createServer(bot);
  const requests = new Requests(server);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(settings.port, settings.host, resolve);
    });
  } catch (error) {
    await store.close();
    throw error;
  }
  const ticking = setInterval(() => bot.tick(), TICK_MS);
  const { port } = server.address();
  return {
    ...bot,
    url: `http://${settings.host}:${port}`,
    stop: async () => {
      const end = performance.now() + IN_WORK_MS;
      clearInterval(ticking);
      bot.stop();
      requests.stop();
      const left = await requests.ended(IN_WORK_MS);
      if (left > 0) log.warn({ left }, 'requests took too long and are cut');
      await bot.house.background.idle(Math.min(IDLE_MS, end - performance.now()));
      requests.cut();
      await bot.close();
      await Promise.all([store.close(), tracing.close()]);
    },
  };
}
