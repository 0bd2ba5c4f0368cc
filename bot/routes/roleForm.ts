import type { CardAction } from '../../cards/actions.ts';
import { messageCard } from '../../cards/message.ts';
import type { RoleForm } from '../../cards/roleForm.ts';
import { EMPTY_VALUES, roleFormCard } from '../../cards/roleForm.ts';
import { roleNamed } from '../../data/text/roleNames.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import { Role } from '../../data/model/role.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { saveChat } from '../chat.ts';
import { cancelledHelp } from './askForPerson.ts';
import type { House } from '../house.ts';

/** The form to ask for roles, or to assign them; `rest`: a contract ID or the words for a role, if anything was typed. */
export function roleForm(turn: Turn, form: 'request' | 'assign', rest: string, roles: Role[] = []): Reply[] {
  const title = form === 'request' ? turn.words.request.formTitle : turn.words.assign.formTitle;
  const role = roleNamed(rest);
  const typed = role === undefined ? { contractId: rest.toUpperCase() } : { roles: [role] };
  return [{ kind: 'card', title, card: roleFormCard(turn.lang, { form, values: { ...EMPTY_VALUES, roles, ...typed } }) }];
}

export async function cancelledForm(house: House, turn: Turn, { form }: Extract<CardAction, { verb: 'cancelForm' }>): Promise<Pressed> {
  if (form === 'help') return cancelledHelp(house, turn);
  // What was previewed is not confirmed any more.
  if (form === 'assign' && turn.isPersonal) await saveChat(house, turn, ({ plan: _plan, ...now }) => now);
  const { request, assign, leaver } = turn.words;
  const sentence = { request: request.cancelled, assign: assign.cancelled, leaver: leaver.cancel }[form];
  return { inPlace: { title: sentence, card: messageCard(turn.lang, { paragraphs: [sentence] }) } };
}

/** Unknown role names are not roles; what is left may be none, and is refused as that. */
export function rolesIn(chosen: string | string[]): Role[] {
  const names = Array.isArray(chosen) ? chosen : chosen.split(',');
  return names.map((name) => Role.safeParse(name.trim()).data).filter((role) => role !== undefined);
}

/** Why the form was not accepted, with everything that was typed. */
export function againstForm(turn: Turn, form: Omit<RoleForm, 'problem'>, refusal: Refusal | string): Pressed {
  const { contractId, roles, forMail, reason, ticket, until, external } = form.values;
  const values = { contractId: contractId.slice(0, 2000), roles, forMail: forMail.slice(0, 4000), reason: reason.slice(0, 4000), ticket: ticket.slice(0, 200), until: /^\d{4}-\d\d-\d\d$/.test(until) ? until : '', external };
  const problem = typeof refusal === 'string' ? refusal : refusalText(turn.lang, refusal);
  return { inPlace: { title: problem, card: roleFormCard(turn.lang, { ...form, values, problem }) } };
}
