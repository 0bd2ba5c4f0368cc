import { randomIds } from '../../bot/system.ts';
import { migrationsFolder } from '../../bot/openStore.ts';
import { brokenLink } from '../../data/operations/chain.ts';
import { importContracts } from '../../data/operations/importContracts.ts';
import { openPostgresStore } from '../../data/store/postgres/open.ts';
import { baseActivity, textOf } from './bot.ts';
import { fakeConnector } from './fakeConnector.ts';
import type { Who } from './people.ts';
import { TENANT } from './people.ts';
import { severalBots } from './soak.ts';

/** What came of requests that two administrators decided at the same moment, while processes were killed. */
export interface Decided {
  requests: number;
  kills: number;
  /** Presses that were answered. */
  pressed: number;
  lost: string[];
  decidedTwice: string[];
  /** Cards of a decision that its requester never got. */
  untold: string[];
  /** How many were told by two cards: who dies between a card and its note leaves it to the next one, because told twice is better than never. */
  toldTwice: number;
  brokenHistories: string[];
  seconds: number;
}

const who = (kind: string, n: number): Who => ({ id: `29:${kind}${n}`, objectId: `${kind === 'a' ? 'e' : 'f'}${String(n).padStart(7, '0')}-1111-4111-8111-111111111111`, mail: `${kind}${n}@example.com`, name: `${kind}${n}`, tenantId: TENANT });

/**
 * People ask for roles, and two administrators of each contract decide each request at once, one for and one against it, through
 * a balancer and `processes` processes, one of which is killed every few seconds.
 */
export async function decisionSoak({ requests, processes: count, databaseUrl, killEvery, random }: { requests: number; processes: number; databaseUrl: string; killEvery: number; random: () => number }): Promise<Decided> {
  const began = Date.now();
  const administrators = [who('a', 0), who('a', 1)];
  const people = Array.from({ length: requests }, (_, n) => who('p', n));
  const store = await openPostgresStore(databaseUrl, { migrations: migrationsFolder(), onDamage: (damage) => { throw new Error(JSON.stringify(damage)); }, onFault: () => undefined });
  const rows = Array.from({ length: Math.ceil(requests / 10) }, (_, n) => `${50_000_000 + n},Contract ${n},${TENANT},EA,public,,2030-03-31,,,${administrators.map(({ mail }) => mail).join(';')}`);
  await importContracts({ ...store, clock: { now: () => new Date() }, ids: randomIds }, ['contract_id,name,tenant_id,program,cloud,parent_id,end_date,primary_contact,notices_contact,admins', ...rows].join('\n'));
  const channel = await fakeConnector();
  for (const one of [...administrators, ...people]) channel.members.set(one.id, { id: one.id, aadObjectId: one.objectId, userPrincipalName: one.mail, name: one.name });
  const { port, processes, clear } = await severalBots(count, databaseUrl)({ LOG_LEVEL: 'info', TURNS_PER_MINUTE: '1000000', TENANT_TURNS_PER_MINUTE: '1000000' });
  const result: Decided = { requests, kills: 0, pressed: 0, lost: [], decidedTwice: [], untold: [], toldTwice: 0, brokenHistories: [], seconds: 0 };

  /** As Teams does: again until it is acknowledged. */
  const deliver = async (body: object): Promise<Response> => {
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).catch(() => undefined);
      if (response?.ok) return response;
      await response?.body?.cancel();
      await pause(50);
    }
  };
  const press = async (by: Who, data: Record<string, unknown>): Promise<string> => {
    const response = await deliver({ ...baseActivity(channel, by), type: 'invoke', name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb: data['verb'], data } } });
    result.pressed += 1;
    return JSON.stringify(await response.json());
  };
  await Promise.all([...administrators, ...people].map((one) => deliver({ ...baseActivity(channel, one), type: 'message', text: 'hello' })));

  const over = { is: false };
  const killing = (async () => {
    while (!over.is) {
      await pause(killEvery * (0.5 + random()));
      if (!over.is && processes.kill(random())) result.kills += 1;
    }
  })();
  const asked = new Map<string, Who>();
  const work = people.map((person, n) => ({ person, contractId: String(50_000_000 + Math.floor(n / 10)) }));
  await Promise.all(Array.from({ length: 16 }, async () => {
    for (let next = work.shift(); next; next = work.shift()) {
      const { person, contractId } = next;
      await press(person, { verb: 'sendRequest', contractId, roles: 'benefitsReader', reason: 'soaked' });
      const record = await store.contracts.get(TENANT, contractId);
      const me = await store.people.byMail(TENANT, person.mail);
      const request = record?.requests.find(({ requesterId }) => requesterId === me?.id);
      if (!request) {
        result.lost.push(person.mail);
        continue;
      }
      asked.set(request.id, person);
      const decide = (decision: string) => ({ verb: 'decide', request: request.id, version: request.version, decision, comment: 'soaked' });
      await Promise.all(administrators.map((one, i) => press(one, decide(i === 0 ? 'approved' : 'denied'))));
    }
  }));
  over.is = true;
  await killing;
  await processes.settle();
  await processes.revive();

  const decided = new Map<string, number>();
  for (const record of await store.contracts.ofTenant(TENANT)) {
    const broken = brokenLink(record.events);
    if (broken !== undefined) result.brokenHistories.push(`${record.contract.id}: ${broken}`);
    for (const { act } of record.events) if (act.kind === 'approved' || act.kind === 'denied') decided.set(act.requestId, (decided.get(act.requestId) ?? 0) + 1);
  }
  for (const [id, person] of asked) {
    if (!decided.has(id)) result.lost.push(id);
    if ((decided.get(id) ?? 0) > 1) result.decidedTwice.push(id);
    const tellings = () => channel.calls.filter(({ conversation, body }) => conversation === `a:${person.id}` && body.attachments?.some(({ content }) => /approved|denied/i.test(textOf(content))) === true);
    const isTold = (): boolean => tellings().length > 0;
    // Cards of a process that died are sent by another one when its lease is over, within a tick.
    for (let waited = 0; !isTold() && waited < 90_000; waited += 250) await pause(250);
    if (!isTold()) result.untold.push(id);
    if (tellings().filter(({ method }) => method === 'POST').length > 1) result.toldTwice += 1;
  }
  await processes.stop();
  await channel.close();
  await clear();
  await store.close();
  return { ...result, seconds: Math.round((Date.now() - began) / 1000) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
