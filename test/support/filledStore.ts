import { importContracts } from '../../data/operations/importContracts.ts';
import { decideRequest } from '../../data/operations/decideRequest.ts';
import { connectBySetting } from '../../data/operations/connectHelpDesk.ts';
import { claimTicket } from '../../data/operations/claimTicket.ts';
import { closeTicket, rateTicket } from '../../data/operations/closeTicket.ts';
import { noteGap } from '../../data/operations/noteGap.ts';
import { openTicket } from '../../data/operations/openTicket.ts';
import { rateAnswer } from '../../data/operations/rateAnswer.ts';
import { recognise, rememberPerson } from '../../data/operations/recognise.ts';
import { noteOnTicket, relayFromHelper, relayFromPerson } from '../../data/operations/relayMessage.ts';
import { requestRole } from '../../data/operations/requestRole.ts';
import { DEFAULT_POLICY } from '../../data/model/policy.ts';
import type { Person } from '../../data/model/person.ts';
import { Briefing } from '../../data/model/ticket.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import type { Store } from '../../data/store/store.ts';
import { randomIds } from '../../bot/system.ts';
import { TestClock } from './clock.ts';
import type { Who } from './people.ts';
import { anna, bob, cleo, CONTRACTS, dan, eve, TENANT } from './people.ts';

/** Names as people have them: the first names of the tests are words of other texts too. */
export const FULL_NAMES = { anna: 'Anna Aalto', bob: 'Bob Berg', cleo: 'Cleo Contino', dan: '山田 太郎', eve: 'Eve Ekholm' } as const;

export const PICTURE = `${'ab'.repeat(32)}.png`;

export interface Filled {
  people: Record<keyof typeof FULL_NAMES, Person>;
  ticket: Ticket;
  requestId: string;
  clock: TestClock;
}

/** A company's store after some days: people who spoke to the bot, requests with their decisions, a closed ticket with a picture, chats, ratings, gaps. All of it by the bot's own acts. */
export async function fillStore(store: Store, clock = new TestClock()): Promise<Filled> {
  const deps = { ...store, clock, ids: randomIds, policy: DEFAULT_POLICY };
  await importContracts(deps, CONTRACTS);
  const meet = async (who: Who, name: string): Promise<Person> => {
    const { id } = (await recognise(store.people, clock, { tenantId: who.tenantId, objectId: who.objectId, mail: who.mail, name }))!;
    return rememberPerson(store.people, { tenantId: who.tenantId, id }, { language: 'en', timeZone: 'Asia/Tokyo', reference: referenceOf(who, name) });
  };
  const people = { anna: await meet(anna, FULL_NAMES.anna), bob: await meet(bob, FULL_NAMES.bob), cleo: await meet(cleo, FULL_NAMES.cleo), dan: await meet(dan, FULL_NAMES.dan), eve: await meet(eve, FULL_NAMES.eve) };
  const requestId = await requested(deps, people);
  const ticket = await talked(store, clock, people);
  await chatted(store, clock, people);
  return { people, ticket, requestId, clock };
}

/** The conversation reference of somebody's own chat, as Teams gives it. */
export function referenceOf(who: Who, name: string): Record<string, unknown> {
  return { channelId: 'msteams', serviceUrl: 'https://smba.trafficmanager.net/emea/', user: { id: who.id, aadObjectId: who.objectId, name }, conversation: { id: chatOf(who), conversationType: 'personal', tenantId: who.tenantId } };
}

export function chatOf(who: Who): string {
  return `a:${who.id}`;
}

async function requested(deps: Store & { clock: TestClock; ids: typeof randomIds; policy: typeof DEFAULT_POLICY }, { anna: admin, cleo: asker, dan: other }: Filled['people']): Promise<string> {
  const wish = { roles: ['benefitsReader' as const], forMail: '', reason: 'I am new in the team of Anna Aalto', ticket: 'INC-4711', until: '', external: false, contractId: '12345678' };
  const asked = await requestRole(deps, asker, wish);
  if (!asked.ok) throw new Error(asked.refusal.kind);
  const { request } = asked.value;
  const record = (await deps.contracts.get(TENANT, '12345678'))!;
  await deps.contracts.save({ ...record, requests: record.requests.map((r) => ({ ...r, notices: [{ id: deps.ids.uuid(), personId: asker.id, kind: 'copy' as const, place: { conversation: asker.reference!, activityId: '17' }, shows: 'pending' as const, unreachable: false }] })) });
  const decided = await decideRequest(deps, admin, { requestId: request.id, version: request.version, decision: 'denied', comment: 'Cleo Contino belongs to another team; ask cleo@example.com' });
  if (!decided.ok) throw new Error(decided.refusal.kind);
  const forCleo = await requestRole(deps, other, { ...wish, forMail: 'cleo@example.com', reason: 'She is new (Cleo Contino)' });
  if (!forCleo.ok) throw new Error(forCleo.refusal.kind);
  const second = forCleo.value.request;
  const again = await decideRequest(deps, admin, { requestId: second.id, version: second.version, decision: 'denied', comment: 'Not yet' });
  if (!again.ok) throw new Error(again.refusal.kind);
  return request.id;
}

async function talked(store: Store, clock: TestClock, { bob: helping, cleo: asker }: Filled['people']): Promise<Ticket> {
  const deps = { tickets: store.tickets, clock, ids: randomIds };
  const desk = '19:desk@thread.tacv2';
  await connectBySetting({ helpDesks: store.helpDesks, clock }, TENANT, [{ id: desk, conversation: {}, name: 'VL desk', language: 'en' }]);
  await store.pictures.keep(TENANT, PICTURE, Buffer.from('a picture of a screen'));
  const briefing = Briefing.parse({ answers: [{ entry: 'welcome-mail-missing', question: 'no welcome mail', rejected: true }], values: { workMail: 'cleo@example.com' }, contracts: ['12345678'], transcript: [{ at: clock.now().toISOString(), by: 'person', text: 'I am Cleo and nobody writes to me' }] });
  const opened = await openTicket(deps, await store.helpDesks.get(TENANT), false, asker, { question: 'Where is my mail?', subject: 'registration', language: 'en', timeZone: 'Asia/Tokyo', briefing, place: { conversationId: chatOf(cleo), conversation: asker.reference!, card: '21' } });
  if (!opened.ok) throw new Error(opened.refusal.kind);
  const by = { id: helping.id, objectId: helping.objectId!, name: FULL_NAMES.bob };
  const files = [{ kind: 'image' as const, name: 'screen.png', url: `https://bot.example.com/pictures/${TENANT}/${PICTURE}`, type: 'image/png' }];
  clock.advance(60_000);
  await claimTicket(deps, opened.value, by);
  await relayFromPerson(deps, opened.value, { source: `${chatOf(cleo)} 1`, content: { text: 'This is what I see', files, lost: [] } });
  await relayFromHelper(deps, opened.value, { source: `${desk} 2`, by, content: { text: 'Look into the junk folder, Cleo', html: '<b>junk</b>', files: [], lost: [] } });
  await noteOnTicket(deps, opened.value, { source: `${desk} 3`, by, text: 'she found it' });
  clock.advance(60_000);
  await closeTicket(deps, opened.value, by, 'It was in the junk folder');
  await rateTicket(deps, opened.value, asker.id, { solved: true, sentence: 'Bob Berg was kind' });
  return (await store.tickets.get(TENANT, opened.value.id))!;
}

async function chatted(store: Store, clock: TestClock, people: Filled['people']): Promise<void> {
  const at = clock.now().toISOString();
  const chat = { version: 0, tenantId: TENANT, dialog: {}, handled: [], said: [], known: {}, at };
  await store.chats.save({ ...chat, conversationId: chatOf(cleo), answers: [{ entry: 'welcome-mail-missing', question: 'no welcome mail', at }], said: [{ at, by: 'person', text: 'I am Cleo' }], known: { values: { workMail: 'cleo@example.com' } } });
  await store.chats.save({ ...chat, conversationId: chatOf(bob), answers: [{ entry: 'add-user', question: 'how do I add Cleo Contino', at }], said: [{ at, by: 'person', text: 'how do I add Cleo Contino, CLEO@example.com?' }] });
  await rateAnswer({ ratings: store.ratings, clock }, people.cleo, { entryId: 'welcome-mail-missing', helpful: false, language: 'en', question: 'no welcome mail for me' });
  await rateAnswer({ ratings: store.ratings, clock }, people.bob, { entryId: 'welcome-mail-missing', helpful: true, language: 'en', question: 'mail' });
  await noteGap({ gaps: store.gaps, clock }, { tenantId: TENANT, language: 'en', near: [], typed: 'who is Cleo Contino' });
  await noteGap({ gaps: store.gaps, clock }, { tenantId: TENANT, language: 'en', near: [], typed: 'purple elephants' });
}
