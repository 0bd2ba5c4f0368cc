import type { Activity, TurnContext } from 'botbuilder';
import { Mail, ObjectId, TenantId } from '../../data/model/ids.ts';
import type { Person } from '../../data/model/person.ts';
import { recognise } from '../../data/operations/recognise.ts';
import type { Clock, PeopleStore } from '../../data/ports.ts';
import { oneLine } from '../../data/text/visible.ts';
import type { Log } from '../log.ts';
import type { Connector } from './connector.ts';

const FRESH_MS = 24 * 60 * 60_000;

/**
 * Who is speaking. Ids come from the authenticated activity, mail and name from the Teams roster, which is asked when
 * the person is new or was last asked about a day ago. Undefined when it cannot be known for certain.
 */
export async function whoSpeaks(deps: { people: PeopleStore; connector: Connector; clock: Clock; log: Log }, context: TurnContext): Promise<Person | undefined> {
  const ids = idsOf(context);
  if (!ids) return undefined;
  const known = await deps.people.byObjectId(ids.tenantId, ids.objectId);
  const asked = known?.seenAt === undefined ? 0 : Date.parse(known.seenAt);
  if (known && deps.clock.now().getTime() - asked < FRESH_MS) return known;
  const { serviceUrl, conversation, from, channelData } = context.activity;
  const team = (channelData as { team?: { id?: unknown } } | undefined)?.team?.id;
  const found = await deps.connector.member({ serviceUrl, conversationId: typeof team === 'string' ? team : conversation.id }, from.id);
  if (found.kind !== 'done') {
    deps.log.warn({ status: found.status, outcome: found.kind }, 'the Teams roster did not answer');
    return known;
  }
  const { aadObjectId, userPrincipalName, name } = found.value;
  // It must be the very person who speaks.
  if (ObjectId.safeParse(aadObjectId).data !== ids.objectId) return known;
  const mail = Mail.safeParse(userPrincipalName);
  if (!mail.success) return known;
  return (await recognise(deps.people, deps.clock, { ...ids, mail: mail.data, ...(name && oneLine(name) !== '' ? { name: oneLine(name) } : {}) })) ?? known;
}

/** The tenant of an activity, lower case; undefined when it has none or two places of it disagree. */
export function tenantOf({ activity }: { activity: Partial<Activity> }): string | undefined {
  const { channelData, conversation } = activity;
  const said = [(channelData as { tenant?: { id?: unknown } } | undefined)?.tenant?.id, conversation?.tenantId].filter((id) => id !== undefined);
  const ids = new Set(said.map((id) => TenantId.safeParse(id).data));
  return ids.size === 1 ? [...ids][0] : undefined;
}

/** Only Teams vouches for `aadObjectId`; on other channels a sender may choose it. */
function idsOf(context: TurnContext): { tenantId: string; objectId: string } | undefined {
  const { channelId, from } = context.activity;
  const tenantId = tenantOf(context);
  const objectId = ObjectId.safeParse(from.aadObjectId).data;
  return channelId === 'msteams' && tenantId !== undefined && objectId !== undefined ? { tenantId, objectId } : undefined;
}

/** Status or code of a connector's error: its message can carry personal data. */
export function reasonOf(error: unknown): string {
  const { statusCode, code, name } = error as { statusCode?: number; code?: string; name?: string };
  return String(statusCode ?? code ?? name ?? 'unknown');
}
