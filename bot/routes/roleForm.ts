import type { CardAction } from '../../cards/actions.ts';
import { messageCard } from '../../cards/message.ts';
import { EMPTY_VALUES, roleFormCard } from '../../cards/roleForm.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import { Role } from '../../data/model/role.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';

/** The form to ask for roles, or to assign them, for a contract ID that may be typed already. */
export function roleForm(turn: Turn, form: 'request' | 'assign', contractId: string): Reply[] {
  const title = form === 'request' ? turn.words.request.formTitle : turn.words.assign.formTitle;
  return [{ kind: 'card', title, card: roleFormCard(turn.lang, { form, values: { ...EMPTY_VALUES, contractId: contractId.toUpperCase() } }) }];
}

export function cancelledForm(turn: Turn, { form }: Extract<CardAction, { verb: 'cancelForm' }>): Pressed {
  const sentence = turn.words[form === 'request' ? 'request' : 'assign'].cancelled;
  return { inPlace: { title: sentence, card: messageCard(turn.lang, { paragraphs: [sentence] }) } };
}

/** Unknown role names are not roles; what is left may be none, and is refused as that. */
export function rolesIn(chosen: string | string[]): Role[] {
  const names = Array.isArray(chosen) ? chosen : chosen.split(',');
  return names.map((name) => Role.safeParse(name.trim()).data).filter((role) => role !== undefined);
}

/** Why the form was not accepted, with everything that was typed. */
export function againstForm(turn: Turn, form: 'request' | 'assign', typed: { contractId: string; roles: Role[]; forMail: string; reason: string }, refusal: Refusal): Pressed {
  const { contractId, roles, forMail, reason } = typed;
  const values = { contractId: contractId.slice(0, 100), roles, forMail: forMail.slice(0, 300), reason: reason.slice(0, 4000) };
  const problem = refusalText(turn.lang, refusal);
  return { inPlace: { title: problem, card: roleFormCard(turn.lang, { form, values, problem }) } };
}
