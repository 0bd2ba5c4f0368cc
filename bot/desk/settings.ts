import { z } from 'zod';
import type { DeskPolicy, Hours } from '../../data/model/deskPolicy.ts';
import type { DeskChannel } from '../../data/model/helpDesk.ts';
import { Language } from '../../data/model/language.ts';
import { Subject } from '../../data/model/ticket.ts';
import { durationMs } from '../duration.ts';
import type { WebhookSettings } from './webhook.ts';

const text = z.string().trim().optional();
const duration = (otherwise: string) => z.string().default(otherwise).transform((one) => durationMs(one) ?? NaN).pipe(z.number({ message: `must be an ISO 8601 duration, for example ${otherwise}` }).positive());
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** What the environment says of the help desk. */
export const DESK_ENVIRONMENT = {
  /** Conversation ids of channels that are help desks, with commas between; `=registration`, `=roles`, `=ja` or `=en` behind one that is for that alone. */
  HELP_DESK_CHANNELS: z.string().default('').transform(channels).refine((list) => list.every(({ id, only }) => /^[\x21-\x7e]{3,400}$/.test(id) && (only === undefined || Subject.or(Language).safeParse(only).success)), 'must be conversation ids with commas between, each with =registration, =roles, =ja or =en behind it if it is for that alone'),
  /** Where the connector of those channels is; default by cloud. */
  HELP_DESK_SERVICE_URL: z.string().url('must be a URL'),
  /** What the bot speaks in those channels. */
  HELP_DESK_LANGUAGE: Language.default('en'),
  /** When the help desk is there: `Mon-Fri 09:00-17:30 Asia/Tokyo`; empty: always. */
  HELP_DESK_HOURS: z.string().default('').transform((written) => (written.trim() === '' ? undefined : (hoursOf(written.trim()) ?? null))).refine((hours) => hours !== null, 'must be days, hours and a time zone, for example Mon-Fri 09:00-17:30 Asia/Tokyo'),
  /** Nobody claims a ticket for so long: a reminder, then the next channel. */
  CLAIM_WITHIN: duration('PT15M'),
  /** Who claimed it is silent for so long: back to the queue. */
  ANSWER_WITHIN: duration('PT10M'),
  /** The person is silent for so long: it closes by itself. */
  PERSON_WITHIN: duration('P1D'),
  /** A system elsewhere that is told what happens, and the secret its messages are signed with. */
  HELP_DESK_WEBHOOK_URL: z.string().url('must be a URL').optional(),
  HELP_DESK_WEBHOOK_SECRET: text,
  /** With which a system elsewhere may answer. */
  HELP_DESK_API_KEY: z.string().min(24, 'must have at least 24 characters, for example what `openssl rand -hex 32` prints').optional(),
  /** The bot's own address as people's Teams sees it, without a path: larger images are carried by it. */
  PUBLIC_URL: z.string().url('must be a URL, for example https://bot.example.com').optional(),
  /** The tenant whose people that system helps; default: the only one that is served. */
  HELP_DESK_TENANT: text,
};

export interface DeskSettings {
  policy: DeskPolicy;
  /** Channels by setting, and whose they are. */
  channels: Omit<DeskChannel, 'by' | 'at'>[];
  /** The tenant of the channels by setting and of the system elsewhere; undefined where there is neither. */
  tenantId: string | undefined;
  webhook: WebhookSettings | undefined;
  apiKey: string | undefined;
  /** Without it images over 60 KB are not carried. */
  publicUrl: string | undefined;
}

type Env = z.infer<z.ZodObject<typeof DESK_ENVIRONMENT>>;

export function deskSettingsOf(env: Env, tenants: readonly string[]): DeskSettings {
  const { HELP_DESK_WEBHOOK_URL: url, HELP_DESK_WEBHOOK_SECRET: secret } = env;
  return {
    policy: { claimWithin: env.CLAIM_WITHIN, answerWithin: env.ANSWER_WITHIN, personWithin: env.PERSON_WITHIN, hours: env.HELP_DESK_HOURS ?? undefined },
    channels: env.HELP_DESK_CHANNELS.map(({ id, only }) => ({ id, name: '', language: env.HELP_DESK_LANGUAGE, conversation: { channelId: 'msteams', serviceUrl: env.HELP_DESK_SERVICE_URL, conversation: { id, conversationType: 'channel', isGroup: true } }, ...(only === undefined ? {} : { only: only as Subject }) })),
    tenantId: env.HELP_DESK_TENANT?.toLowerCase() ?? (tenants.length === 1 ? tenants[0] : undefined),
    webhook: url !== undefined && secret !== undefined ? { url, secret } : undefined,
    apiKey: env.HELP_DESK_API_KEY,
    publicUrl: env.PUBLIC_URL,
  };
}

/** What does not go together, a sentence each. */
export function againstDesk(env: Env, tenants: readonly string[]): string[] {
  const needsTenant = env.HELP_DESK_CHANNELS.length > 0 || env.HELP_DESK_WEBHOOK_URL !== undefined || env.HELP_DESK_API_KEY !== undefined;
  const url = env.HELP_DESK_WEBHOOK_URL === undefined ? undefined : new URL(env.HELP_DESK_WEBHOOK_URL);
  return [
    ...(url && env.HELP_DESK_WEBHOOK_SECRET === undefined ? ['HELP_DESK_WEBHOOK_SECRET is missing: what is sent to HELP_DESK_WEBHOOK_URL is signed with it.'] : []),
    ...(url && url.protocol !== 'https:' && !['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname) ? ['HELP_DESK_WEBHOOK_URL must be https: what people write goes there.'] : []),
    ...(needsTenant && env.HELP_DESK_TENANT === undefined && tenants.length !== 1 ? ['HELP_DESK_TENANT is missing: it says whose people the help desk of the settings is for, because the bot serves several tenants.'] : []),
    ...(env.HELP_DESK_TENANT !== undefined && tenants.length > 0 && !tenants.includes(env.HELP_DESK_TENANT.toLowerCase()) ? ['HELP_DESK_TENANT is none of the tenants that are served.'] : []),
  ];
}

function channels(list: string): { id: string; only: string | undefined }[] {
  return list.split(',').map((one) => one.trim()).filter((one) => one !== '').map((one) => {
    const [id = '', only] = one.split('=');
    return { id: id.trim(), only: only?.trim() };
  });
}

/** `Mon-Fri 09:00-17:30 Asia/Tokyo`, `Sun,Mon-Thu 08:00-16:00 Asia/Jerusalem`. */
function hoursOf(written: string): Hours | undefined {
  const [, listed = '', open = '', close = '', timeZone = ''] = /^(\S+)\s+(\d\d:\d\d)-(\d\d:\d\d)\s+(\S+)$/.exec(written) ?? [];
  const days = listed.split(',').flatMap((part) => {
    const [from = -1, to = from] = part.split('-').map((day) => DAYS.indexOf(day));
    return from === -1 || to === -1 ? [NaN] : Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => (from + i) % 7);
  });
  if (days.length === 0 || days.some(Number.isNaN) || !isClock(open) || !isClock(close) || open >= close || !isZone(timeZone)) return undefined;
  return { open, close, days: [...new Set(days)], timeZone, closesOnHolidays: timeZone === 'Asia/Tokyo' };
}

function isClock(written: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(written);
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
