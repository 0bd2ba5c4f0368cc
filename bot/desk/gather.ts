import { requestsOf, rolesOf } from '../../data/operations/lists.ts';
import type { Chat } from '../../data/model/chat.ts';
import type { Person } from '../../data/model/person.ts';
import type { Briefing, Subject } from '../../data/model/ticket.ts';
import { commandOf } from '../../data/text/typed.ts';
import type { House } from '../house.ts';

/** Entries and guides about getting in; what is about roles and contracts, by the words of their ids. */
const ROLES = /role|admin|assign|invoice|user|benefit|contract|external|license|inherit|renew/;
const REGISTRATION = /regist|mail|sign|entra|profile|account|portal|cloud|domain|redirect|page|vlsc|azure|invit|access/;

/** What is known of a person in a chat, for whoever takes over. */
export async function gather(house: House, chat: Chat, person: Person, question: string): Promise<Briefing> {
  const answers = await Promise.all(chat.answers.map(async ({ entry, question }) => ({ entry, question, rejected: (await house.ratings.get(person.tenantId, entry))?.votes[person.id]?.helpful === false })));
  const requests = (await requestsOf(house.contracts, person)).filter(({ request }) => request.state === 'pending');
  const held = await rolesOf(house.contracts, person);
  const { agreement, cloud, values } = chat.known;
  return {
    answers,
    values: { ...values, ...chat.packet?.values },
    ...(chat.lastGuide ? { guide: chat.lastGuide } : {}),
    ...(agreement === undefined ? {} : { agreement }),
    ...(cloud === undefined ? {} : { cloud }),
    contracts: [...new Set([...held.map(({ record }) => record.contract.id), ...requests.map(({ record }) => record.contract.id), ...(await named(house, person, [question, ...chat.said.map(({ text }) => text)]))])],
    requests: requests.map(({ request }) => request.id),
    transcript: chat.said,
  };
}

/** The contracts of the tenant that these texts name. */
async function named(house: House, person: Person, texts: string[]): Promise<string[]> {
  const runs = texts.join('\n').normalize('NFKC').toUpperCase().match(/[0-9A-Z]{1,24}(?:[ \p{Pd}ー－]{1,2}[0-9A-Z]{1,24}){0,6}/gu) ?? [];
  const ids = new Set(runs.flatMap(joinedParts).filter((id) => id.length >= 4 && id.length <= 24));
  const found = await Promise.all([...ids].slice(0, 200).map((id) => house.contracts.get(person.tenantId, id)));
  return found.flatMap((record) => (record ? [record.contract.id] : []));
}

/** `CONTRACT 1234-5678`: each part, and what its neighbours make together. */
function joinedParts(run: string): string[] {
  const parts = run.split(/[^0-9A-Z]+/);
  return parts.flatMap((_part, from) => parts.slice(from).map((_last, more) => parts.slice(from, from + more + 1).join('')));
}

/** What a person most likely wants to talk about: what was gathered, else the last question. */
export function questionOf(chat: Chat, now: Date): string {
  const lately = chat.said.filter(({ at }) => now.getTime() - Date.parse(at) < LATELY_MS);
  const said = lately.findLast(({ by, text }) => by === 'person' && text.length > 3 && !commandOf(text))?.text;
  return (chat.packet?.helpDeskAt === undefined ? chat.packet?.values['problem'] : undefined) ?? said ?? '';
}

const LATELY_MS = 60 * 60_000;

/** By the last guide or answer. */
export function subjectOf(chat: Chat): Subject {
  const about = chat.lastGuide?.id ?? chat.answers.at(-1)?.entry ?? '';
  return REGISTRATION.test(about) ? 'registration' : ROLES.test(about) ? 'roles' : 'other';
}
