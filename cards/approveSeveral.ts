import type { Language } from '../data/model/language.ts';
import type { RequestOnContract } from '../data/operations/lists.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { layout, literal } from './card.ts';
import template from './approveSeveral.card.json' with { type: 'json' };

const draw = layout(template);

/** Several waiting requests to approve at once; `name`: whom each is for. */
export function approveSeveralCard(lang: Language, requests: (RequestOnContract & { name: string })[]): Card {
  const { approvals, roles, list } = TEXTS[lang];
  return draw({
    lang,
    title: approvals.several,
    text: approvals.severalText,
    label: approvals.severalLabel,
    required: approvals.nonePicked,
    choices: requests.map(({ record, request, name }) => ({
      title: literal(`${name} · ${list(request.roles.map((role) => roles[role]))} · ${record.contract.id} ${record.contract.name} (${request.id})`),
      value: `${request.id}:${request.version}`,
    })),
    actions: [button(approvals.approvePicked, { verb: 'decideMany' }, { style: 'positive' })],
  });
}
