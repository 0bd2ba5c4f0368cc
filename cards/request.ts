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
  names: { requester: string; beneficiary: string; decider: string; first: string };
  /** The sign-in mail of the person it is for. */
  mail: string;
  stage: Stage;
  /** The first line: what this means to the reader. */
  text: string;
  /** What the reader may do, as the rules say. */
  may: { decide: boolean; withdraw: boolean; apply: boolean };
  /** Who gave the first of two approvals is for the administrators to know. */
  seesFirst: boolean;
  /** Why nothing was done, and the comment that was typed. */
  problem?: string;
  comment?: string;
}

/** How far a request has come; see `stageOf`. */
type Stage = RoleRequest['state'] | 'applied' | 'active';

const COLORS = { pending: 'Accent', approved: 'Good', applied: 'Good', active: 'Good', denied: 'Attention', withdrawn: 'Default', expired: 'Warning' } as const;

const draw = layout(template);

/** A role request in any state, for any reader. */
export function requestCard(lang: Language, view: RequestView): Card {
  const { request, may, stage } = view;
  const { fields, roles, requestStates, requestStages, request: words } = TEXTS[lang];
  const choosable = may.decide ? choices(request) : [];
  return draw({
    lang,
    title: words.title(request.id),
    state: stage === 'applied' || stage === 'active' ? requestStages[stage] : requestStates[stage],
    stateColor: COLORS[stage],
    text: literal(view.text),
    problem: view.problem ?? '',
    rows: rowsOf(lang, view).map(({ label, value, time }) => ({ label, value: literal(value ?? ''), time: time ?? '' })),
    decides: may.decide,
    roleChoices: choosable.map((role) => ({ title: roles[role], value: role })),
    chosen: choosable.join(','),
    labels: { comment: fields.comment, commentHint: fields.commentHint, roles: fields.rolesToGive },
    comment: view.comment ?? '',
    actions: actionsOf(lang, view),
  });
}

/** Of several roles, fewer than asked may be approved. */
function choices({ roles, firstApproval }: RoleRequest): RoleRequest['roles'] {
  const left = firstApproval?.roles ?? roles;
  return left.length > 1 ? left : [];
}

function rowsOf(lang: Language, { record, request, names, seesFirst }: RequestView): { label: string; value?: string; time?: string }[] {
  const { fields, roles, list } = TEXTS[lang];
  const { decision, state } = request;
  return [
    { label: fields.contract, value: `${record.contract.id} ${record.contract.name}` },
    { label: fields.roles, value: list(request.roles.map((role) => roles[role])) },
    { label: fields.forWhom, value: names.beneficiary },
    { label: fields.requester, value: names.requester },
    { label: fields.requestedAt, time: when(request.at) },
    { label: fields.reason, value: request.reason },
    ...(request.ticket === undefined ? [] : [{ label: fields.ticket, value: request.ticket }]),
    ...(request.until === undefined ? [] : [{ label: fields.until, value: request.until }]),
    ...(request.external === true ? [{ label: fields.outside, value: TEXTS[lang].buttons.yes }] : []),
    ...(seesFirst && request.firstApproval && state === 'pending' ? [{ label: fields.first, value: [names.first, request.firstApproval.comment].filter((said) => said !== '').join(': ') }] : []),
    ...(decision && (state === 'approved' || state === 'denied')
      ? [
          { label: fields.decidedBy[state], value: names.decider },
          { label: fields.decidedAt, time: when(decision.at) },
          ...(decision.roles ? [{ label: fields.rolesGiven, value: list(decision.roles.map((role) => roles[role])) }] : []),
          ...(decision.comment === '' ? [] : [{ label: fields.comment, value: decision.comment }]),
        ]
      : []),
  ];
}

function actionsOf(lang: Language, { record, request, may }: RequestView): Button[] {
  const { buttons } = TEXTS[lang];
  const { id, version } = request;
  const whose = { contract: record.contract.id, person: request.beneficiaryId };
  return [
    ...(may.decide
      ? [
          button(buttons.approve, { verb: 'decide', request: id, version, decision: 'approved' }, { style: 'positive' }),
          button(buttons.deny, { verb: 'decide', request: id, version, decision: 'denied' }, { style: 'destructive' }),
        ]
      : []),
    ...(may.withdraw ? [button(buttons.correct, { verb: 'correct', request: id }), button(buttons.withdraw, { verb: 'withdraw', request: id, version })] : []),
    ...(may.apply ? [button(buttons.portalSteps, { verb: 'portalSteps', ...whose }, { style: 'positive' }), button(buttons.markApplied, { verb: 'apply', contract: whose.contract, assignments: record.assignments.filter((a) => a.requestId === id && a.state === 'approved').map((a) => a.id) })] : []),
  ];
}
