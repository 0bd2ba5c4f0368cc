import type { Language } from '../data/model/language.ts';
import { ROLES } from '../data/model/role.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { layout } from './card.ts';
import template from './roleForm.card.json' with { type: 'json' };

export interface RoleForm {
  form: 'request' | 'assign';
  /** What was typed so far; nothing typed is ever lost by a refusal. */
  values: { contractId: string; roles: string[]; forMail: string; reason: string };
  /** Why it was not accepted. */
  problem?: string;
}

export const EMPTY_VALUES: RoleForm['values'] = { contractId: '', roles: [], forMail: '', reason: '' };

const draw = layout(template);

/** The form to ask for roles, and the one to assign them. */
export function roleFormCard(lang: Language, { form, values, problem }: RoleForm): Card {
  const { fields, roles, buttons, request, assign } = TEXTS[lang];
  const isRequest = form === 'request';
  const send = isRequest
    ? button(buttons.sendRequest, { verb: 'sendRequest' }, { style: 'positive' })
    : button(buttons.assign, { verb: 'assign' }, { style: 'positive' });
  return draw({
    lang,
    title: isRequest ? request.formTitle : assign.formTitle,
    text: isRequest ? request.formText : assign.formText,
    problem: problem ?? '',
    labels: { ...fields, whomHint: isRequest ? fields.forWhomHint : fields.assignWhomHint },
    values: { ...values, roles: values.roles.join(',') },
    roles: ROLES.map((role) => ({ title: roles[role], value: role })),
    withReason: isRequest,
    whomRequired: !isRequest,
    actions: [send, button(buttons.cancel, { verb: 'cancelForm', form }, { inputs: false })],
  });
}
