import type { CardAction } from '../../cards/actions.ts';
import { button } from '../../cards/actions.ts';
import { awayCard, confirmRemovePersonCard, copyFormCard, leaverCard, leaverFormCard, userCard } from '../../cards/administering.ts';
import { messageCard } from '../../cards/message.ts';
import { Mail } from '../../data/model/ids.ts';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import { refuse } from '../../data/model/result.ts';
import type { Role } from '../../data/model/role.ts';
import { PAIRS_AT_ONCE } from '../../data/operations/assignMany.ts';
import type { AssignWish } from '../../data/operations/assignRoles.ts';
import { changeRoles } from '../../data/operations/changeRoles.ts';
import { standingOf } from '../../data/operations/standing.ts';
import { contractsAdministeredBy } from '../../data/operations/lists.ts';
import { removePerson } from '../../data/operations/removeRoles.ts';
import { contractIdsIn } from '../../data/operations/requestRoles.ts';
import { possibleDeputies, setAway } from '../../data/operations/setAway.ts';
import { showContract } from '../../data/operations/showContract.ts';
import { removes } from '../../data/rules/rules.ts';
import { commandTitle } from '../../data/text/index.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import { card } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { namesOf } from '../views.ts';
import { stillUsers } from './assignments.ts';
import { portalReplies } from './portal.ts';
import { preview } from './preview.ts';
import { rolesIn } from './roleForm.ts';

type Of<V extends CardAction['verb']> = Extract<CardAction, { verb: V }>;

/** One person's roles on a contract, to change. */
export async function openUser(house: House, turn: Turn, person: Person, action: Of<'openUser'>): Promise<Pressed> {
  const shown = await showContract(house.contracts, person, action.contract);
  if (!shown.ok) return { say: refusalText(turn.lang, shown.refusal) };
  return userPressed(house, turn, shown.value, action.person);
}

export async function changeUser(house: House, turn: Turn, person: Person, action: Of<'changeUser'>): Promise<Pressed> {
  const { contract: contractId, person: personId, version, until } = action;
  const result = await changeRoles(house, person, { contractId, personId, version, roles: rolesIn(action.roles), until });
  if (!result.ok) {
    const shown = await showContract(house.contracts, person, contractId);
    const problem = refusalText(turn.lang, result.refusal);
    return shown.ok ? userPressed(house, turn, shown.value, personId, problem) : { say: problem };
  }
  const { record, given, removed, renewed } = result.value;
  house.settle(record.contract.tenantId, record.contract.id);
  const { user, roles, list, users } = turn.words;
  const named = (some: Role[]): string => list(some.map((role) => roles[role]));
  const said = [
    ...(given.length > 0 ? [user.given(named(given))] : []),
    ...(removed.length > 0 ? [user.removed(named(removed))] : []),
    ...(record.leftovers.some((one) => one.personId === personId && removed.includes(one.role)) ? [users.removeApply] : []),
    ...(renewed.length > 0 ? [user.limited(named(renewed), until)] : []),
  ];
  return { ...(await stillUsers(house, turn, person, record, said.join('\n\n'))), replies: await portalReplies(house, turn, record, personId) };
}

async function userPressed(house: House, turn: Turn, record: ContractRecord, personId: string, problem?: string): Promise<Pressed> {
  const held = record.assignments.filter((a) => a.personId === personId);
  if (held.length === 0) return { say: refusalText(turn.lang, { kind: 'assignmentUnknown' }) };
  const name = (await namesOf(house.people, turn, [personId]))(personId);
  const days = new Set(held.flatMap((a) => a.until ?? []));
  const until = days.size === 1 ? ([...days][0] ?? '') : '';
  const drawn = userCard(turn.lang, { record, personId, version: standingOf(record, personId), name, roles: held.map((a) => a.role), until, ...(problem === undefined ? {} : { problem }) });
  return { inPlace: { title: turn.words.user.title(name), card: drawn } };
}

export async function askRemovePerson(house: House, turn: Turn, person: Person, action: Of<'askRemovePerson'>): Promise<Pressed> {
  const shown = await showContract(house.contracts, person, action.contract);
  if (!shown.ok) return { say: refusalText(turn.lang, shown.refusal) };
  const held = shown.value.assignments.filter((a) => a.personId === action.person);
  const against = held.length === 0 ? ({ kind: 'nothingToDo' } as const) : held.map((a) => removes(person, shown.value, a)).find((verdict) => verdict !== undefined);
  if (against) return userPressed(house, turn, shown.value, action.person, refusalText(turn.lang, against));
  const name = (await namesOf(house.people, turn, [action.person]))(action.person);
  const removal = { contractId: action.contract, personId: action.person, name, version: standingOf(shown.value, action.person), roles: held.map((a) => a.role), isSelf: action.person === person.id };
  return { inPlace: { title: turn.words.buttons.remove, card: confirmRemovePersonCard(turn.lang, removal) } };
}

export async function removeWholePerson(house: House, turn: Turn, person: Person, action: Of<'removePerson'>): Promise<Pressed> {
  const result = await removePerson(house, person, { contractId: action.contract, personId: action.person, version: action.version });
  if (!result.ok) return result.refusal.kind === 'stale' ? askRemovePerson(house, turn, person, { verb: 'askRemovePerson', contract: action.contract, person: action.person }) : { say: refusalText(turn.lang, result.refusal) };
  const { record, removed } = result.value;
  house.settle(record.contract.tenantId, record.contract.id);
  const { user, roles, list, users } = turn.words;
  const isInPortal = removed.some((a) => a.state !== 'approved');
  return stillUsers(house, turn, person, record, [user.removed(list(removed.map((a) => roles[a.role]))), ...(isInPortal ? [users.removeApply] : [])].join('\n\n'));
}

export async function copyForm(house: House, turn: Turn, person: Person, action: Of<'copyForm'>): Promise<Pressed> {
  const shown = await showContract(house.contracts, person, action.contract);
  if (!shown.ok) return { say: refusalText(turn.lang, shown.refusal) };
  return { inPlace: { title: turn.words.copy.title(action.contract), card: copyFormCard(turn.lang, { contractId: action.contract, typed: '' }) } };
}

/** What copying would do, to confirm: everybody's roles of one contract on others. */
export async function copyRoles(house: House, turn: Turn, person: Person, action: Of<'copyRoles'>): Promise<Pressed> {
  const shown = await showContract(house.contracts, person, action.contract);
  if (!shown.ok) return { say: refusalText(turn.lang, shown.refusal) };
  const again = (problem: string): Pressed => ({ inPlace: { title: problem, card: copyFormCard(turn.lang, { contractId: action.contract, typed: action.contractId.slice(0, 2000), problem }) } });
  const targets = await contractIdsIn(house.contracts, person, action.contractId);
  const wishes = await copied(house, shown.value, targets);
  if (wishes.length > PAIRS_AT_ONCE) return again(refusalText(turn.lang, { kind: 'tooManyAtOnce', most: PAIRS_AT_ONCE }));
  return preview(house, turn, person, wishes, again);
}

async function copied(house: House, { contract, assignments }: ContractRecord, targets: string[]): Promise<AssignWish[]> {
  const people = await Promise.all([...new Set(assignments.map((a) => a.personId))].map((id) => house.people.get(contract.tenantId, id)));
  return targets.flatMap((contractId) =>
    people.flatMap((one) => (one ? alike(assignments.filter((a) => a.personId === one.id)).map((wish) => ({ contractId, forMail: one.mail, ...wish })) : [])),
  );
}

/** One wish for the roles that last equally long and are equally from outside. */
function alike(assignments: ContractRecord['assignments']): Pick<AssignWish, 'roles' | 'until' | 'external'>[] {
  const kinds = new Map<string, Pick<AssignWish, 'roles' | 'until' | 'external'>>();
  for (const { role, until = '', external = false } of assignments) {
    const key = `${until} ${external}`;
    kinds.set(key, { roles: [...(kinds.get(key)?.roles ?? []), role], until, external });
  }
  return [...kinds.values()];
}

/** The form that asks who leaves. */
export function leaverForm(turn: Turn): Reply[] {
  return [card(turn.words.leaver.title, leaverFormCard(turn.lang, { typed: '' }))];
}

export async function leaver(house: House, turn: Turn, person: Person, action: Of<'leaver'>): Promise<Pressed> {
  const mail = Mail.safeParse(action.forMail);
  const found = mail.success ? await house.people.byMail(person.tenantId, mail.data) : undefined;
  const held = found ? await heldWhere(house, person, found.id) : [];
  const again = (problem: string): Pressed => ({ inPlace: { title: problem, card: leaverFormCard(turn.lang, { typed: action.forMail.slice(0, 300), problem }) } });
  if (!mail.success) return again(refusalText(turn.lang, { kind: 'mailInvalid', typed: action.forMail.slice(0, 100) }));
  if (!found || held.length === 0) return again(refusalText(turn.lang, { kind: 'personUnknown', mail: mail.data }));
  const name = (await namesOf(house.people, turn, [found.id]))(found.id);
  return { inPlace: { title: turn.words.leaver.of(name), card: leaverCard(turn.lang, { personId: found.id, version: standingEverywhere(held, found.id), name, held, isSelf: found.id === person.id, waiting: await waitingOf(house, person, found.id) }) } };
}

/** Removes a person from every contract of the actor's; where the last administrator would go, that contract stays and is named. */
export async function removeLeaver(house: House, turn: Turn, person: Person, action: Of<'removeLeaver'>): Promise<Pressed> {
  const held = await heldWhere(house, person, action.person);
  if (held.length === 0) return { say: refusalText(turn.lang, { kind: 'nothingToDo' }) };
  if (standingEverywhere(held, action.person) !== action.version) return { say: refusalText(turn.lang, { kind: 'stale' }) };
  const lines: string[] = [];
  for (const { record } of held) {
    const { id } = record.contract;
    const result = await removePerson(house, person, { contractId: id, personId: action.person, version: standingOf(record, action.person) });
    if (result.ok) house.settle(person.tenantId, id);
    lines.push(`${id}: ${result.ok ? turn.words.leaver.done : refusalText(turn.lang, result.refusal)}`);
  }
  const title = turn.words.leaver.of((await namesOf(house.people, turn, [action.person]))(action.person));
  return { inPlace: { title, card: messageCard(turn.lang, { title, paragraphs: [lines.join('\n'), turn.words.leaver.portal], actions: [button(commandTitle(turn.lang, 'toDo'), { verb: 'command', command: 'toDo' })] }) } };
}

function standingEverywhere(held: { record: ContractRecord }[], personId: string): number {
  return held.reduce((sum, { record }) => sum + standingOf(record, personId), 0);
}

/** The requests of somebody who leaves that still wait on the actor's contracts. */
async function waitingOf(house: House, person: Person, personId: string): Promise<string[]> {
  return (await contractsAdministeredBy(house.contracts, person)).flatMap(({ requests }) => requests.filter((r) => r.state === 'pending' && (r.requesterId === personId || r.beneficiaryId === personId)).map((r) => r.id));
}

async function heldWhere(house: House, person: Person, personId: string): Promise<{ record: ContractRecord; roles: Role[]; isLast: boolean }[]> {
  return (await contractsAdministeredBy(house.contracts, person)).flatMap((record) => {
    const held = record.assignments.filter((a) => a.personId === personId);
    return held.length === 0 ? [] : [{ record, roles: held.map((a) => a.role), isLast: held.some((a) => removes(person, record, a)?.kind === 'lastAdministrator') }];
  });
}

/** Until when somebody is away: asked, with who could stand in. */
export async function awayForm(house: House, turn: Turn, person: Person, problem?: string): Promise<Reply> {
  const ids = await possibleDeputies(house, person);
  const nameOf = await namesOf(house.people, turn, ids);
  const { until = '', deputyId = '' } = person.away ?? {};
  return card(turn.words.away.title, awayCard(turn.lang, { isAway: person.away !== undefined, until, deputyId, deputies: ids.map((id) => ({ id, name: nameOf(id, 'full') })), ...(problem === undefined ? {} : { problem }) }));
}

export async function saveAway(house: House, turn: Turn, person: Person, wish: { until: string; deputyId: string }, isBack = false): Promise<Pressed> {
  const result = !isBack && wish.until.trim() === '' ? refuse<Refusal>({ kind: 'untilInvalid' }) : await setAway(house, person, wish);
  if (!result.ok) {
    const reply = await awayForm(house, turn, person, refusalText(turn.lang, result.refusal));
    return reply.kind === 'card' ? { inPlace: reply } : {};
  }
  for (const record of await contractsAdministeredBy(house.contracts, person)) if (record.requests.some((r) => r.state === 'pending')) house.settle(person.tenantId, record.contract.id);
  const { away } = result.value;
  const deputy = away?.deputyId === undefined ? undefined : (await namesOf(house.people, turn, [away.deputyId]))(away.deputyId);
  const said = away ? turn.words.away.saved(away.until, deputy) : turn.words.away.isBack;
  return { inPlace: { title: said, card: messageCard(turn.lang, { paragraphs: [said] }) } };
}
