import { messageCard } from '../../cards/message.ts';
import type { Person } from '../../data/model/person.ts';
import { tasksOn } from '../../data/operations/portalTasks.ts';
import { operates } from '../../data/rules/rules.ts';
import type { House } from '../house.ts';
import { hasHelpDesk } from '../desk/available.ts';
import { refusalText } from '../replies.ts';
import type { Reply } from '../reply.ts';
import { card, text } from '../reply.ts';
import type { Turn } from '../turn.ts';

/** Lines of failures that are listed. */
const SHOWN = 20;

/** How the bot is doing in the operator's own tenant; who holds what is not the operator's to know, so there are numbers and ids only. */
export async function health(house: House, turn: Turn, person: Person): Promise<Reply[]> {
  const against = operates(person, house.operators);
  if (against) return [text(refusalText(turn.lang, against))];
  const { health: words } = turn.words;
  const now = house.clock.now();
  const records = await house.contracts.ofTenant(person.tenantId);
  const pending = records.flatMap(({ contract, requests }) => requests.filter((r) => r.state === 'pending').map((request) => ({ contract, request })));
  const notices = records.flatMap(({ contract, requests }) => requests.map((request) => ({ contract, request }))).map(({ contract, request }) => ({ id: request.id, contract: contract.id, count: request.notices.filter((n) => n.unreachable).length })).filter(({ count }) => count > 0);
  const given = records.map(({ contract, sent }) => ({ contract: contract.id, count: sent.filter(({ failed }) => failed === true).length })).filter(({ count }) => count > 0);
  const failures = [...notices.map((one) => words.notice(one.id, one.contract, one.count)), ...given.map((one) => words.news(one.contract, one.count))];
  const numbers = {
    contracts: records.length,
    pending: pending.length,
    toDo: records.flatMap((record) => tasksOn(record, now)).length,
    gaps: (await house.gaps.ofTenant(person.tenantId)).length,
  };
  const helpDesk = (await hasHelpDesk(house, person.tenantId)) ? words.helpDesk.on : words.helpDesk.off;
  const paragraphs = [words.text(numbers), `${helpDesk}\n${house.writer ? words.model.on : words.model.off}`, failures.length === 0 ? words.noFailures : [words.failures, ...failures.slice(0, SHOWN)].join('\n')];
  return [card(words.title, messageCard(turn.lang, { title: words.title, paragraphs }))];
}
