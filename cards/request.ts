import type { Language } from '../data/model/language.ts';
import type { ContractRecord } from '../data/model/record.ts';
import type { RoleRequest } from '../data/model/request.ts';
import { TEXTS } from '../data/text/index.ts';
import type { Button } from './actions.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { layout, literal, when } from './card.ts';
import template from './request.card.json' with { type: 'json' };

export interface RequestView {
  record: ContractRecord;
  request: RoleRequest;
  /** The names of the people in it. */
  names: { requester: string; beneficiary: string; decider: string };
  /** The first line: what this means to the reader. */
  text: string;
  /** What the reader may do, as the rules say. */
  may: { decide: boolean; withdraw: boolean };
  /** Why nothing was done, and the comment that was typed. */
  problem?: string;
  comment?: string;
}

const COLORS = { pending: 'Accent', approved: 'Good', denied: 'Attention', withdrawn: 'Default' } as const;

const draw = layout(template);

/** A role request in any state, for any reader. */
export function requestCard(lang: Language, view: RequestView): Card {
  const { request, may } = view;
  const { fields, requestStates, request: words } = TEXTS[lang];
  return draw({
    lang,
    title: words.title(request.id),
    state: requestStates[request.state],
    stateColor: COLORS[request.state],
    text: literal(view.text),
    problem: view.problem ?? '',
    rows: rowsOf(lang, view).map(({ label, value, time }) => ({ label, value: literal(value ?? ''), time: time ?? '' })),
    decides: may.decide,
    labels: { comment: fields.comment, commentHint: fields.commentHint },
    comment: view.comment ?? '',
    actions: actionsOf(lang, request, may),
  });
}

function rowsOf(lang: Language, { record, request, names }: RequestView): { label: string; value?: string; time?: string }[] {
  const { fields, roles, list } = TEXTS[lang];
  const { decision, state } = request;
  return [
    { label: fields.contract, value: `${record.contract.id} ${record.contract.name}` },
    { label: fields.roles, value: list(request.roles.map((role) => roles[role])) },
    { label: fields.forWhom, value: names.beneficiary },
    { label: fields.requester, value: names.requester },
    { label: fields.requestedAt, time: when(request.at) },
    { label: fields.reason, value: request.reason },
    ...(decision && (state === 'approved' || state === 'denied')
      ? [
          { label: fields.decidedBy[state], value: names.decider },
          { label: fields.decidedAt, time: when(decision.at) },
          ...(decision.comment === '' ? [] : [{ label: fields.comment, value: decision.comment }]),
        ]
      : []),
  ];
}

function actionsOf(lang: Language, request: RoleRequest, may: RequestView['may']): Button[] {
  const { buttons } = TEXTS[lang];
  const { id, version } = request;
  return [
    ...(may.decide
      ? [
          button(buttons.approve, { verb: 'decide', request: id, version, decision: 'approved' }, { style: 'positive' }),
          button(buttons.deny, { verb: 'decide', request: id, version, decision: 'denied' }, { style: 'destructive' }),
        ]
      : []),
    ...(may.withdraw ? [button(buttons.withdraw, { verb: 'withdraw', request: id, version })] : []),
  ];
}
