import type { Language } from '../data/model/language.ts';
import type { RequestOnContract } from '../data/operations/lists.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { when } from './card.ts';
import { listCard } from './list.ts';
import type { RequestView } from './request.ts';
import { messageCard } from './message.ts';

export interface MyRequests {
  /** `forWhom` is set when it is not for the reader; `waitsFor`: how many may decide (a count, not names: fact 78). */
  requests: (RequestOnContract & { stage: RequestView['stage']; mayWithdraw: boolean; waitsFor: number; forWhom?: string })[];
  page: number;
}

/** A person's own requests and what became of them, newest first. */
export function myRequestsCard(lang: Language, { requests, page }: MyRequests): Card {
  const { myRequests, buttons, roles, requestStates, requestStages, list, fields, request: words } = TEXTS[lang];
  const create = button(buttons.newRequest, { verb: 'command', command: 'requestRole' });
  if (requests.length === 0) return messageCard(lang, { title: myRequests.title, paragraphs: [myRequests.empty], actions: [create] });
  return listCard(lang, {
    title: myRequests.title,
    page,
    turn: { list: 'myRequests' },
    rows: requests.map(({ record, request, stage, mayWithdraw, waitsFor, forWhom }) => ({
      heading: `${request.id} · ${stage === 'applied' || stage === 'active' ? requestStages[stage] : requestStates[stage]}`,
      lines: [
        `${record.contract.id} ${record.contract.name}`,
        list(request.roles.map((role) => roles[role])),
        ...(request.state === 'pending' ? [waitsFor === 0 ? words.noDecider : myRequests.waitsFor(waitsFor)] : []),
        ...(forWhom === undefined ? [] : [`${fields.forWhom}: ${forWhom}`]),
      ],
      time: when(request.decision?.at ?? request.at),
      below: [
        button(buttons.show, { verb: 'showRequest', request: request.id }),
        ...(mayWithdraw ? [button(buttons.correct, { verb: 'correct', request: request.id }), button(buttons.withdraw, { verb: 'withdraw', request: request.id, version: request.version, list: true })] : []),
      ],
    })),
    actions: [create],
  });
}
