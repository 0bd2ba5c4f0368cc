import { askWorksCard, endedCard, endsSoonCard, enteredCard, notYetCard, ownEndsSoonCard, reviewDueCard, soleCard, undecidedCard } from '../cards/roleNews.ts';
import { PAGE_LENGTH } from '../cards/list.ts';
import type { Language } from '../data/model/language.ts';
import type { Person } from '../data/model/person.ts';
import type { ContractRecord } from '../data/model/record.ts';
import type { Due } from '../data/operations/due.ts';
import { dueOn, remindersDue } from '../data/operations/due.ts';
import { isTimeOver, noteSent, passTime } from '../data/operations/passTime.ts';
import { administratorsOf } from '../data/rules/rules.ts';
import { clockTime } from '../data/text/moment.ts';
import { TEXTS } from '../data/text/index.ts';
import { isTaken } from './desk/taken.ts';
import type { House } from './house.ts';
import type { CardReply } from './teams/notifier.ts';
import { namesOf } from './views.ts';

/** Lets the time pass on every contract: requests expire, temporary roles end, reminders and questions go out. */
export async function passAll(house: House): Promise<void> {
  const now = house.clock.now();
  for (const record of await house.contracts.all()) {
    const { tenantId, id } = record.contract;
    const isOver = isTimeOver(house, record, now);
    if (isOver) await passTime(house, tenantId, id);
    if (isOver || hasReminder(house, record, now) || dueOn(record, now, house.policy).some(({ kind }) => kind !== 'sole')) house.settle(tenantId, id);
  }
  await tellSole(house, now);
}

function hasReminder(house: House, record: ContractRecord, now: Date): boolean {
  return record.requests.some((r) => r.state === 'pending' && r.notices.some((n) => n.kind === 'decide' && !n.unreachable) && remindersDue(r, now, house.policy) > Math.max(0, ...r.notices.map((n) => n.level ?? 0)));
}

/** Sends what is due on a contract and notes it; what reaches nobody is tried again later. */
export async function sendNews(house: House, tenantId: string, contractId: string): Promise<void> {
  const now = house.clock.now();
  const record = await house.contracts.get(tenantId, contractId);
  if (!record) return;
  for (const due of dueOn(record, now, house.policy)) {
    if (due.kind !== 'sole' && (await send(house, record, due)) === 'done') await noteSent(house, record.contract, due.key);
  }
}

/** Each sole administrator once, with all the contracts it is about. */
async function tellSole(house: House, now: Date): Promise<void> {
  const byPerson = new Map<string, { record: ContractRecord; key: string }[]>();
  for (const record of await house.contracts.all()) {
    for (const due of dueOn(record, now, house.policy)) if (due.kind === 'sole') byPerson.set(due.personId, [...(byPerson.get(due.personId) ?? []), { record, key: due.key }]);
  }
  for (const [personId, contracts] of byPerson) {
    const key = `sole ${personId}`;
    const person = await house.people.get(contracts[0]?.record.contract.tenantId ?? '', personId);
    if (!person?.reference || !house.newsRetries.isTime(key, now)) continue;
    const shown = contracts.slice(0, PAGE_LENGTH);
    const records = shown.map(({ record }) => record);
    const outcome = await tellPerson(house, person, (lang) => ({ title: TEXTS[lang].news.soleTitle, card: soleCard(lang, records) }));
    if (outcome === 'sent') house.newsRetries.done(key);
    if (outcome === 'later') continue;
    if (outcome === 'sent' || house.newsRetries.failed(key, now)) for (const { record, key: due } of shown) await noteSent(house, record.contract, due, outcome !== 'sent');
  }
}

/** What became of one message: `absent` when the person has not opened the bot yet, `later` while a helper has the chat; then it waits. */
type Outcome = 'sent' | 'failed' | 'later' | 'absent';

/** `done`: everybody who can be reached has it, or was given up; `waiting`: it is tried again. */
async function send(house: House, record: ContractRecord, due: Exclude<Due, { kind: 'sole' }>): Promise<'done' | 'waiting' | 'absent'> {
  const tell = (personIds: string[], draw: Draw): Promise<'done' | 'waiting' | 'absent'> => tellEach(house, record, due.key, personIds, draw);
  const roles = (personId: string, states: readonly string[]): ContractRecord['assignments'][number]['role'][] => record.assignments.filter((a) => a.personId === personId && states.includes(a.state)).map((a) => a.role);
  switch (due.kind) {
    case 'entered':
      return tell([due.personId], async (lang, { timeZone = 'UTC' }) => titled(enteredCard(lang, { record, roles: roles(due.personId, ['applied']) }, clockTime(due.time, timeZone, lang)), TEXTS[lang].requestStages.applied));
    case 'ask':
      return tell([due.personId], async (lang) => titled(askWorksCard(lang, { record, roles: roles(due.personId, ['applied']) }, due.at), TEXTS[lang].buttons.works));
    case 'notYet':
      return tell(administratorsOf(record), async (lang) => titled(notYetCard(lang, { record, personId: due.personId, roles: roles(due.personId, ['applied']), name: await nameIn(house, record, lang, due.personId) }), TEXTS[lang].buttons.notYet));
    case 'ended': {
      const ended = record.leftovers.filter((one) => one.personId === due.personId && one.byTime === true);
      return tell(administratorsOf(record), async (lang) => titled(endedCard(lang, { record, personId: due.personId, roles: ended.map((one) => one.role), leftovers: ended.map((one) => one.id), name: await nameIn(house, record, lang, due.personId) }), TEXTS[lang].toDo.title));
    }
    case 'ownEndsSoon':
      return tell([due.assignment.personId], async (lang) => titled(ownEndsSoonCard(lang, { record, assignment: due.assignment }), TEXTS[lang].fields.until));
    case 'endsSoon': {
      const { assignment } = due;
      return tell(administratorsOf(record), async (lang) => titled(endsSoonCard(lang, { record, assignment, name: await nameIn(house, record, lang, assignment.personId) }), TEXTS[lang].fields.until));
    }
    case 'review':
      return tell(administratorsOf(record), async (lang) => titled(reviewDueCard(lang, record), TEXTS[lang].news.reviewTitle));
    case 'undecided':
    case 'unreached': {
      const mails = (await Promise.all(administratorsOf(record).map((id) => house.people.get(record.contract.tenantId, id)))).flatMap((person) => (person ? [person.mail] : []));
      const operators = await Promise.all([...house.operators].map((mail) => house.people.byMail(record.contract.tenantId, mail)));
      const { request } = due;
      return tell(operators.flatMap((person) => (person ? [person.id] : [])), async (lang) => titled(undecidedCard(lang, { record, request, administrators: mails, isUnreached: due.kind === 'unreached' }), TEXTS[lang].news.undecidedTitle(request.id)));
    }
  }
}

const titled = (card: object, title: string): CardReply => ({ title, card });

async function nameIn(house: House, { contract: { tenantId } }: ContractRecord, lang: Language, personId: string): Promise<string> {
  return (await namesOf(house.people, { tenantId, lang }, [personId]))(personId);
}

type Draw = (lang: Language, person: Person) => Promise<CardReply>;

/** Each person for himself: who has it does not get it again because another one could not be reached. */
async function tellEach(house: House, record: ContractRecord, due: string, personIds: string[], draw: Draw): Promise<'done' | 'waiting' | 'absent'> {
  const now = house.clock.now();
  const { tenantId, id: contractId } = record.contract;
  let outcome: 'done' | 'waiting' | 'absent' = 'absent';
  for (const id of personIds) {
    const key = `${due} > ${id}`;
    const retry = `${tenantId}/${contractId} ${key}`;
    const person = await house.people.get(tenantId, id);
    const told = record.sent.some((one) => one.key === key) ? 'told' : !person ? 'absent' : house.newsRetries.isTime(retry, now) ? await tellPerson(house, person, draw) : 'later';
    if (told === 'absent') continue;
    if (told === 'sent') house.newsRetries.done(retry);
    const isOver = told === 'failed' && house.newsRetries.failed(retry, now);
    if (told === 'sent' || isOver) await noteSent(house, record.contract, key, isOver);
    if (told === 'later' || (told === 'failed' && !isOver)) outcome = 'waiting';
    else if (outcome === 'absent') outcome = 'done';
  }
  return outcome;
}

/** In the person's own chat and language. */
async function tellPerson(house: House, person: Person, draw: (...about: Parameters<Draw>) => Promise<CardReply> | CardReply): Promise<Outcome> {
  const { reference, language = 'en' } = person;
  const conversationId = (reference as { conversation?: { id?: string } } | undefined)?.conversation?.id;
  if (!reference || conversationId === undefined) return 'absent';
  if (await isTaken(house, person.tenantId, conversationId)) return 'later';
  const isSent = await house.tell({ conversation: reference, conversationId }, [{ kind: 'card', ...(await draw(language, person)) }]);
  return isSent ? 'sent' : 'failed';
}
