import type { DeskChannel, HelpDesk } from '../model/helpDesk.ts';
import type { Person } from '../model/person.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Clock, HelpDeskStore } from '../ports.ts';
import { operates } from '../rules/rules.ts';

interface Needs {
  helpDesks: HelpDeskStore;
  clock: Clock;
  /** Sign-in mails of those who run the bot. */
  operators: ReadonlySet<string>;
}

/** Makes a channel a help desk of the actor's tenant, beside those there are; the same channel again changes what it is for. Refused with `notOperator`. */
export async function connectHelpDesk(needs: Needs, actor: Person, channel: Omit<DeskChannel, 'by' | 'at'>): Promise<Result<HelpDesk, Refusal>> {
  const against = operates(actor, needs.operators);
  if (against) return refuse(against);
  const connected = { ...channel, by: actor.id, at: needs.clock.now().toISOString() };
  return ok(await change(needs.helpDesks, actor.tenantId, (channels) => [...channels.filter(({ id }) => id !== channel.id), connected]));
}

/** Takes channels away from the help desk of the actor's tenant: that one, or without an id all of them. Refused with `notOperator`. */
export async function disconnectHelpDesk(needs: Needs, actor: Person, channelId?: string): Promise<Result<HelpDesk, Refusal>> {
  const against = operates(actor, needs.operators);
  if (against) return refuse(against);
  return ok(await change(needs.helpDesks, actor.tenantId, (channels) => (channelId === undefined ? [] : channels.filter(({ id }) => id !== channelId))));
}

/** Connects the channels that the settings name, where they are not connected yet. */
export async function connectBySetting({ helpDesks, clock }: Omit<Needs, 'operators'>, tenantId: string, channels: readonly Omit<DeskChannel, 'by' | 'at'>[]): Promise<void> {
  const at = clock.now().toISOString();
  const named = new Set(channels.map(({ id }) => id));
  // Those of an older setting go with it; what an operator connected stays.
  const kept = (now: DeskChannel[]): DeskChannel[] => now.filter(({ id, by }) => by !== undefined || named.has(id));
  await change(helpDesks, tenantId, (now) => [...kept(now), ...channels.filter(({ id }) => !now.some((one) => one.id === id)).map((channel) => ({ ...channel, at }))]);
}

async function change(helpDesks: HelpDeskStore, tenantId: string, changed: (channels: DeskChannel[]) => DeskChannel[]): Promise<HelpDesk> {
  for (;;) {
    const now = (await helpDesks.get(tenantId)) ?? { version: 0, tenantId, channels: [] };
    const next = { ...now, channels: changed(now.channels) };
    if (JSON.stringify(next.channels) === JSON.stringify(now.channels)) return now;
    if ((await helpDesks.save(next)) === 'saved') return { ...next, version: now.version + 1 };
  }
}
