import { CHANNEL } from '../desk.ts';
import type { Who } from '../people.ts';
import type { Mutation } from './activities.ts';
import { OTHERS, VICTIM } from './world.ts';

type Json = Record<string, unknown>;

/** The activity with the changes, each at its place. */
export function mutated(activity: Json, mutations: readonly Mutation[]): Json {
  return mutations.reduce<Json>((now, one) => {
    const places = pathsOf(now);
    const path = places[one.at % places.length] ?? [];
    return changed(now, path, one) as Json;
  }, activity);
}

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).slice(0, 40).flatMap(([key, child]) => [[...path, key], ...pathsOf(child, [...path, key])]);
}

function changed(value: unknown, [key, ...rest]: string[], mutation: Mutation): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const kept = Array.isArray(value) ? (of: [string, unknown][]): unknown => of.map(([, child]) => child) : Object.fromEntries;
  if (rest.length > 0) return kept(entries.map(([name, child]): [string, unknown] => [name, name === key ? changed(child, rest, mutation) : child]));
  switch (mutation.how) {
    case 'replace':
      return kept(entries.map(([name, child]): [string, unknown] => [name, name === key ? mutation.value : child]));
    case 'remove':
      return kept(entries.filter(([name]) => name !== key));
    case 'add':
      return kept([...entries, [mutation.name, mutation.value]]);
    case 'wrap':
      return kept(entries.map(([name, child]): [string, unknown] => [name, name === key ? [child] : child]));
  }
}

const FOREIGN_CHATS: ReadonlySet<unknown> = new Set(OTHERS.map(({ id }) => `a:${id}`));
const FOREIGN_IDS: ReadonlySet<string> = new Set(OTHERS.map(({ objectId }) => objectId));

/**
 * What the channel vouches for is not the sender's to choose: who speaks (the Entra object id), in which chat, of which
 * company; and who edits or deletes a message wrote it. Whatever else is there stays.
 */
export function asVouched(activity: Json, sender: Who): Json {
  const { from, conversation, channelData, type, id } = activity as { from?: unknown; conversation?: unknown; channelData?: unknown; type?: unknown; id?: unknown };
  const isEdit = type === 'messageUpdate' || type === 'messageDelete';
  return {
    ...activity,
    ...(isObject(from) && FOREIGN_IDS.has(bare(from['aadObjectId'])) ? { from: { ...from, aadObjectId: sender.objectId } } : {}),
    ...(isObject(conversation) ? { conversation: { ...conversation, ...(FOREIGN_CHATS.has(conversation['id']) ? { id: `a:${sender.id}` } : {}), ...(bare(conversation['tenantId']) === VICTIM ? { tenantId: sender.tenantId } : {}) } } : {}),
    ...(isObject(channelData) && isObject(channelData['tenant']) && bare(channelData['tenant']['id']) === VICTIM ? { channelData: { ...channelData, tenant: { id: sender.tenantId } } } : {}),
    ...(isEdit && (id === 'from-bob' || id === 'from-cleo') && isObject(conversation) && String(conversation['id']).startsWith(CHANNEL) ? { id: 'own-message' } : {}),
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As the bot reads an id. */
function bare(id: unknown): string {
  return typeof id === 'string' ? id.trim().toLowerCase() : '';
}
