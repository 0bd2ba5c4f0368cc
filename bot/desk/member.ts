import type { DeskChannel } from '../../data/model/helpDesk.ts';
import { ObjectId } from '../../data/model/ids.ts';
import type { Person } from '../../data/model/person.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import type { Result } from '../../data/model/result.ts';
import { ok, refuse } from '../../data/model/result.ts';
import type { Helper, Ticket } from '../../data/model/ticket.ts';
import { helps } from '../../data/rules/desk.ts';
import type { House } from '../house.ts';
import type { Account, At } from '../teams/connector.ts';
import type { Turn } from '../turn.ts';
import { channelOf, inChannel } from './places.ts';

/** Whether who speaks is a member of a channel's team now: the roster is asked each time. Refused with `notHelper` and `membershipUnknown`. */
export async function isMember(house: House, turn: Turn, person: Person, channel: DeskChannel): Promise<Result<true, Refusal>> {
  const outcome = await house.connector.member(teamOf(channel), turn.context.activity.from.id);
  if (outcome.kind === 'refused') return refuse({ kind: 'notHelper' });
  if (outcome.kind !== 'done') return refuse({ kind: 'membershipUnknown' });
  return objectIdOf(outcome.value) === person.objectId && person.objectId !== undefined ? ok(true) : refuse({ kind: 'notHelper' });
}

/** Who acts on a ticket, if the rule lets them. */
export async function helperFor(house: House, turn: Turn, person: Person, ticket: Ticket): Promise<Result<Helper, Refusal>> {
  const channel = await channelOf(house, ticket);
  const member = channel && person.tenantId === ticket.tenantId ? await isMember(house, turn, person, channel) : refuse({ kind: 'notHelper' } as const);
  if (!member.ok && member.refusal.kind === 'membershipUnknown') return member;
  const against = helps(person, ticket, member.ok);
  return against ? refuse(against) : ok(asHelper(person));
}

export function asHelper(person: Person): Helper {
  return { id: person.id, ...(person.objectId === undefined ? {} : { objectId: person.objectId }), name: (person.name ?? person.mail).slice(0, 200) };
}

/** The colleagues of a channel, by Entra object id; none where the roster does not answer. */
export async function colleagues(house: House, channel: DeskChannel): Promise<{ objectId: string; name: string; mail: string | undefined }[]> {
  const outcome = await house.connector.members(teamOf(channel));
  if (outcome.kind !== 'done') return [];
  return outcome.value.flatMap((account) => {
    const objectId = objectIdOf(account);
    return objectId === undefined ? [] : [{ objectId, name: account.name ?? account.userPrincipalName ?? account.id, mail: account.userPrincipalName ?? undefined }];
  });
}

function objectIdOf({ aadObjectId, objectId }: Account): string | undefined {
  return ObjectId.safeParse(aadObjectId ?? objectId).data;
}

/** Teams keeps the roster at the team; a channel of its own members is asked itself. */
function teamOf(channel: DeskChannel): At {
  const at = inChannel(channel);
  return channel.teamId === undefined ? at : { ...at, conversationId: channel.teamId };
}
