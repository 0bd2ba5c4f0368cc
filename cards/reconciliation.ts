import type { Language } from '../data/model/language.ts';
import type { ContractRecord } from '../data/model/record.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { when } from './card.ts';
import type { List } from './list.ts';
import { listCard } from './list.ts';
import { messageCard } from './message.ts';

export interface ReconciliationView {
  record: ContractRecord;
  page: number;
  note?: List['note'];
}

/** What differs between the bot's record of a contract and the portal's list; each is accepted by one press. */
export function reconciliationCard(lang: Language, { record, page, note }: ReconciliationView): Card {
  const { reconciliation: words, roles, user } = TEXTS[lang];
  const { id } = record.contract;
  const { reconciliation } = record;
  const open = (reconciliation?.differences ?? []).filter((d) => d.acceptedAt === undefined);
  if (!reconciliation) return messageCard(lang, { title: words.title(id), paragraphs: [words.never] });
  return listCard(lang, {
    title: words.title(id),
    note: note ?? { text: open.length === 0 ? words.same(reconciliation.people) : words.differences(open.length, reconciliation.people), style: open.length === 0 ? 'good' : 'default' },
    page,
    turn: { list: 'reconciliation', contract: id },
    rows: open.map((d) => ({
      heading: d.mail,
      lines: [words.kinds[d.kind], ...(d.role === undefined ? [] : [roles[d.role]]), ...(d.status === undefined ? [] : [`${user.portalStatuses[d.status]}: ${words.next[d.status]}`])],
      time: when(reconciliation.at),
      below:
        d.kind === 'notHere' && d.role === undefined
          ? [button(TEXTS[lang].buttons.assignRole, { verb: 'assignForm', contractId: id })]
          : [button(words.accept[d.kind], { verb: 'accept', contract: id, difference: d.id })],
    })),
    actions: open.length > 1 ? [button(words.acceptAll, { verb: 'accept', contract: id })] : [],
  });
}
