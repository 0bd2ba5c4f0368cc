import type { Log } from '../../../bot/log.ts';
import type { TestBot } from '../bot.ts';
import { cardOf, testBot } from '../bot.ts';
import { CHANNEL, claimedBy, deskOf } from '../desk.ts';
import { anna, bob, cleo, dan, eve, mallory, TENANT } from '../people.ts';
import type { Who } from '../people.ts';

/** A third company, of which no sender is. */
export const VICTIM = 'cccccccc-0000-4000-8000-000000000003';
export const victim: Who = { id: '29:victim', objectId: '77777777-1111-4111-8111-111111111111', mail: 'victim@example.com', name: 'Victim', tenantId: VICTIM };
/** Those whose records nobody who sends may change. */
export const OTHERS: readonly Who[] = [anna, bob, cleo, dan, victim];

/** Speaks, and is in no roster. */
const unknown: Who = { id: '29:unknown', objectId: '99999999-1111-4111-8111-111111111111', mail: '', name: 'Unknown', tenantId: TENANT };
/** Who sends: somebody without any right, somebody of another company with the mail of an administrator of this one, somebody unknown. */
export const SENDERS = { eve, mallory, unknown } as const;
export type Sender = keyof typeof SENDERS;

const CONTRACTS = `contract_id,name,tenant_id,program,cloud,parent_id,end_date,primary_contact,notices_contact,admins
12345678,Contoso Open Value,${TENANT},Open Value,public,,2028-03-31,anna@example.com,bob@example.com,anna@example.com;bob@example.com
87654321,Contoso EA,${TENANT},EA,public,,2028-03-31,cleo@example.com,cleo@example.com,cleo@example.com
55500001,Nobody's,${TENANT},Select Plus,public,,2028-03-31,,,
77770001,Victim's,${VICTIM},Open Value,public,,2028-03-31,victim@example.com,,chief@example.com
`;

/** The company that the fuzzer speaks to. */
export interface World {
  t: TestBot;
  /** What `«name»` stands for. */
  names: Record<string, string>;
}

/** Contracts with roles, requests that wait and one that was decided, a help desk with tickets, guides that run, votes and gaps. */
export async function createWorld(log: Log): Promise<World> {
  const t = await testBot({ log, csv: CONTRACTS, environment: { OPERATORS: dan.mail, REQUESTS_PER_HOUR: '15' } });
  const desk = deskOf(t);
  for (const who of [anna, bob, cleo, dan, victim, eve, mallory]) await t.say(who, 'hello');
  await desk.say(dan, 'use as help desk');
  // Eve is in the company, and in no team of the help desk.
  for (const who of [eve, mallory, victim]) t.channel.outsiders.add(who.id);
  const roles = async (who: Who, contractId: string, more: Record<string, string> = {}): Promise<string> => {
    await t.press(who, { verb: 'sendRequest', contractId, roles: 'benefitsReader', reason: 'for my work', ...more });
    return (await t.bot.house.contracts.get(who.tenantId, contractId))?.requests.at(-1)?.id ?? '';
  };
  const decided = await roles(dan, '12345678');
  await t.press(anna, { verb: 'decide', request: decided, version: 1, decision: 'approved' });
  await t.press(anna, { verb: 'assign', contractId: '12345678', roles: 'invoiceReader,onlineServicesManager', forMail: cleo.mail });
  const given = async () => (await t.bot.house.contracts.get(TENANT, '12345678'))?.assignments ?? [];
  const idOf = async (role: string): Promise<string> => (await given()).find((one) => one.role === role)?.id ?? '';
  const reader = await idOf('invoiceReader');
  await t.press(anna, { verb: 'apply', contract: '12345678', assignments: [reader] });
  const gone = await idOf('benefitsReader');
  await t.press(anna, { verb: 'apply', contract: '12345678', assignments: [gone] });
  await t.press(anna, { verb: 'remove', contract: '12345678', assignment: gone, version: 2 });
  const record = await t.bot.house.contracts.get(TENANT, '12345678');
  if (record) await t.bot.house.contracts.save({ ...record, reconciliation: { at: t.clock.now().toISOString(), people: 1, differences: [{ id: DIFFERENCE, kind: 'notHere', mail: 'there@example.com', role: 'benefitsReader' }] } });
  const planned = await t.press(anna, { verb: 'assign', contractId: '12345678', roles: 'licensePositionReader', forMail: `${dan.mail};${bob.mail}` });
  const run = async (who: Who): Promise<string> => /"run":"([^"]+)"/.exec(JSON.stringify((await t.press(who, { verb: 'startGuide', guide: 'registration' })).sent.map(cardOf)))?.[1] ?? '';
  const cleoRun = await run(cleo);
  for (const who of [cleo, victim]) await t.press(who, { verb: 'rate', entry: 'welcome-mail-missing', helpful: true });
  for (const who of [dan, victim, eve]) await t.say(who, 'what colour are purple elephants');
  const closed = await claimedBy(desk, bob, dan, 'It was slow');
  await desk.press(bob, closed.thread, 'Close');
  const claimed = await claimedBy(desk, bob, cleo, 'The page stays white');
  await t.say(cleo, 'I see nothing', { id: 'from-cleo' });
  await desk.write(bob, 'Which browser?', claimed.thread, { id: 'from-bob' });
  const waiting = await desk.ask(anna, 'Who may decide?');
  const idOfPerson = async ({ tenantId, objectId }: Who): Promise<string> => (await t.bot.house.people.byObjectId(tenantId, objectId))?.id ?? '';
  const ownTicket = await desk.ask(eve, 'Where is my mail?');
  const names = {
    pending: await roles(cleo, '12345678', { roles: 'productKeysReader' }),
    decided,
    ownRequest: await roles(eve, '12345678'),
    victimRequest: await roles(victim, '77770001'),
    reader,
    administrator: await idOf('administrator'),
    approved: await idOf('onlineServicesManager'),
    leftover: (await t.bot.house.contracts.get(TENANT, '12345678'))?.leftovers[0]?.id ?? '',
    victimRole: (await t.bot.house.contracts.get(VICTIM, '77770001'))?.assignments[0]?.id ?? '',
    difference: DIFFERENCE,
    plan: /"plan":"([^"]+)"/.exec(JSON.stringify(planned.inPlace))?.[1] ?? '',
    run: await run(eve),
    cleoRun,
    anna: await idOfPerson(anna),
    bob: await idOfPerson(bob),
    cleo: await idOfPerson(cleo),
    own: await idOfPerson(eve),
    victim: await idOfPerson(victim),
    annaObject: anna.objectId,
    closed: closed.ticket,
    claimed: claimed.ticket,
    claimedThread: claimed.thread,
    waiting: waiting.ticket,
    waitingThread: waiting.thread,
    ownTicket: ownTicket.ticket,
    ownThread: ownTicket.thread,
    victimTicket: 'T-V1CT1M00',
    desk: CHANNEL,
  };
  const empty = Object.entries(names).filter(([, value]) => value === '');
  if (empty.length > 0) throw new Error(`the fuzzer's world lacks ${empty.map(([name]) => name).join(', ')}`);
  return { t, names };
}

const DIFFERENCE = '11111111-2222-4333-8444-555555555555';

/** Puts the ids of this world into what was generated for any. */
export function inWorld<T>({ names }: World, generated: T): T {
  if (typeof generated === 'string') return generated.replace(/«(\w+)»/g, (whole, name: string) => names[name] ?? whole) as T;
  if (Array.isArray(generated)) return generated.map((one) => inWorld({ names } as World, one)) as T;
  if (typeof generated !== 'object' || generated === null) return generated;
  return Object.fromEntries(Object.entries(generated).map(([key, value]) => [key, inWorld({ names } as World, value as unknown)])) as T;
}
