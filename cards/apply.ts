import type { Assignment } from '../data/model/assignment.ts';
import type { Cloud } from '../data/model/contract.ts';
import { agreementOf } from '../data/model/contract.ts';
import type { Language } from '../data/model/language.ts';
import type { ContractRecord } from '../data/model/record.ts';
import { TEXTS } from '../data/text/index.ts';
import { button, link } from './actions.ts';
import type { Card } from './card.ts';
import { layout, literal } from './card.ts';
import template from './apply.card.json' with { type: 'json' };

/** The admin centers, by cloud (facts 13-15). */
export const PORTALS: Record<Cloud, string> = {
  public: 'https://admin.microsoft.com',
  gcc: 'https://admin.microsoft.com',
  gcchigh: 'https://portal.office365.us/adminportal/home',
  dod: 'https://portal.apps.mil/adminportal/home',
};

export interface Applying {
  record: ContractRecord;
  /** What was approved for one person and is not in the portal yet. */
  assignments: Assignment[];
  name: string;
  mail: string;
}

const draw = layout(template);

/** How to enter in the portal what was approved here: the way to click and the values to paste (facts 94-97). */
export function applyCard(lang: Language, { record, assignments, name, mail }: Applying): Card {
  const { apply, buttons, roles, list } = TEXTS[lang];
  const { contract } = record;
  const agreement = agreementOf(contract.program);
  return draw({
    lang,
    title: apply.title,
    intro: literal(apply.intro(name)),
    values: [
      { label: apply.values.mail, value: literal(mail) },
      { label: apply.values.contract, value: contract.id },
      { label: apply.values.name, value: literal(contract.name) },
      { label: apply.values.roles, value: list(assignments.map((a) => roles[a.role])) },
    ],
    steps: apply.steps[agreement].map((text, i) => ({ number: `${i + 1}.`, text })),
    notes: [...(assignments.some((a) => a.external === true) ? [apply.external] : []), apply.mailTells[agreement]].map((text) => ({ text })),
    actions: [link(apply.open, PORTALS[contract.cloud]), button(buttons.markApplied, { verb: 'apply', contract: contract.id, assignments: assignments.map((a) => a.id) })],
  });
}
