import type { Language } from '../data/model/language.ts';
import { ROLES } from '../data/model/role.ts';
import type { Text } from '../data/text/index.ts';
import { TEXTS } from '../data/text/index.ts';
import type { Button } from './actions.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { layout } from './card.ts';
import template from './roleForm.card.json' with { type: 'json' };

export type FormKind = 'request' | 'correct' | 'assign';

export interface RoleForm {
  form: FormKind;
  /** What was typed so far; nothing typed is ever lost by a refusal. */
  values: { contractId: string; roles: string[]; forMail: string; reason: string; ticket: string; until: string; external: boolean };
  /** The request that is corrected. */
  corrects?: { request: string; version: number };
  /** Why it was not accepted. */
  problem?: string;
}

export const EMPTY_VALUES: RoleForm['values'] = { contractId: '', roles: [], forMail: '', reason: '', ticket: '', until: '', external: false };

/** Checked by the client while the form is open: IDs as people type them, full width too. */
const CONTRACT_IDS = '^[0-9A-Za-z０-９Ａ-Ｚａ-ｚ\\s,;、，；\\-‐‑–—ー−－]+$';

const draw = layout(template);

/** The form to ask for roles, to correct what was asked, and to assign roles. */
export function roleFormCard(lang: Language, form: RoleForm): Card {
  const { fields, roles, roleTasks, buttons } = TEXTS[lang];
  const { values } = form;
  const isAssign = form.form === 'assign';
  return draw({
    lang,
    ...heading(TEXTS[lang], form),
    problem: form.problem ?? '',
    contractIdForm: CONTRACT_IDS,
    labels: { ...fields, external: isAssign ? fields.externalAssign : fields.external, whomHint: isAssign ? fields.assignWhomHint : fields.forWhomHint },
    values: { ...values, roles: values.roles.join(','), external: String(values.external) },
    roles: ROLES.map((role) => ({ title: roles[role], value: role })),
    // The smallest role that does it; chosen there, it need not be chosen by its name.
    tasks: ROLES.map((role) => ({ title: roleTasks[role], value: role })),
    rolesRequired: form.form !== 'request',
    asksTasks: form.form === 'request',
    asksContract: form.form !== 'correct',
    asksPicker: form.form === 'request',
    asksReason: !isAssign,
    whomRequired: isAssign,
    whomIsLong: isAssign,
    actions: [...send(TEXTS[lang], form), button(buttons.cancel, { verb: 'cancelForm', form: isAssign ? 'assign' : 'request', ...(form.corrects ? { request: form.corrects.request } : {}) }, { inputs: false })],
  });
}

function heading({ request, assign }: Text, { form, corrects }: RoleForm): { title: string; text: string } {
  switch (form) {
    case 'request':
      return { title: request.formTitle, text: request.formText };
    case 'correct':
      return { title: request.correctTitle(corrects?.request ?? ''), text: request.correctText };
    case 'assign':
      return { title: assign.formTitle, text: assign.formText };
  }
}

function send({ buttons }: Text, { form, corrects }: RoleForm): Button[] {
  switch (form) {
    case 'request':
      return [button(buttons.sendRequest, { verb: 'sendRequest' }, { style: 'positive' })];
    case 'correct':
      return corrects ? [button(buttons.sendCorrection, { verb: 'sendCorrection', ...corrects }, { style: 'positive' })] : [];
    case 'assign':
      return [button(buttons.assign, { verb: 'assign' }, { style: 'positive' })];
  }
}
