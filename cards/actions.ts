import { z } from 'zod';
import { COMMANDS } from '../data/model/command.ts';
import { Language } from '../data/model/language.ts';
import { AUDIT_FORMATS } from '../data/operations/auditExport.ts';
import { AssignmentId, ContractId, Instant, PersonId, RequestId, TicketId } from '../data/model/ids.ts';

// What comes back from a card is input. A button carries ids and versions only; what people typed comes beside them.

/** See `standingOf`; somebody without any event of the own has 0. */
const standing = z.number().int().nonnegative();
const version = z.union([z.number(), z.string().regex(/^\d{1,9}$/).transform(Number)]).pipe(z.number().int().positive());
/** What was typed into an input; a client leaves an empty one out. */
const typed = z.string().max(20_000).default('');
/** The roles chosen in a multi-select: Teams joins the values with commas. Unknown ones are sorted out by the operation's caller. */
const chosen = z.union([z.string().max(2000), z.array(z.string().max(50)).max(50)]).default('');
/** Input.Toggle gives its value as a text. */
const toggle = z.union([z.boolean(), z.enum(['true', 'false', '']).transform((value) => value === 'true')]).default(false);

export const LISTS = ['myRequests', 'myRoles', 'contracts', 'users', 'audit', 'toDo', 'review', 'reconciliation'] as const;

export const TICKET_MOVES = ['briefing', 'claim', 'release', 'moveForm', 'move', 'assignForm', 'assign', 'closeForm', 'close', 'transcript', 'answers', 'sendAnswer', 'roleForm', 'draft'] as const;
export const QUEUES = ['waiting', 'mine', 'all'] as const;

/** The schema of everything the cards' buttons send back. */
export const CardAction = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('command'), command: z.enum(COMMANDS) }),
  z.object({ verb: z.literal('answer'), entry: z.string().max(100) }),
  z.object({ verb: z.literal('rate'), entry: z.string().max(100), helpful: z.boolean(), lang: Language.optional() }),
  z.object({ verb: z.literal('startGuide'), guide: z.string().max(100) }),
  z.object({
    verb: z.literal('guide'),
    run: z.string().max(50),
    rev: z.number().int().nonnegative(),
    move: z.enum(['next', 'back', 'cancel', 'restart', 'choose', 'show', 'typed', 'unsure', 'look', 'skip', 'again']),
    option: z.string().max(50).optional(),
    value: typed,
  }),
  /** Ask again in this chat, some hours after what was waited for. */
  z.object({ verb: z.literal('remind'), guide: z.string().max(100), at: Instant }),
  /** The answer to what was asked again. */
  z.object({ verb: z.literal('waited'), isThere: z.boolean() }),
  /** Sends to the help desk what that run of a guide gathered. */
  z.object({ verb: z.literal('toHelpDesk'), run: z.string().max(50) }),
  /** `tasks`: what people want to do, each the smallest role that does it. `forPerson`: what the client's people picker gives, an Entra object id. */
  z.object({ verb: z.literal('sendRequest'), contractId: typed, roles: chosen, tasks: chosen, forMail: typed, forPerson: typed, reason: typed, ticket: typed, until: typed, external: toggle }),
  z.object({ verb: z.literal('correct'), request: RequestId }),
  z.object({ verb: z.literal('sendCorrection'), request: RequestId, version, roles: chosen, reason: typed, ticket: typed, until: typed }),
  z.object({ verb: z.literal('showRequest'), request: RequestId }),
  z.object({ verb: z.literal('decide'), request: RequestId, version, decision: z.enum(['approved', 'denied']), comment: typed, roles: chosen.optional() }),
  /** The picked requests, each with the version that was looked at: `R-7K3F9QXZ:1`. */
  z.object({ verb: z.literal('decideMany'), picked: chosen }),
  z.object({ verb: z.literal('portalSteps'), contract: ContractId, person: PersonId }),
  /** Those that were shown; what was given since is not meant. `list`: pressed in the list of things to do, which then stays. */
  z.object({ verb: z.literal('apply'), contract: ContractId, assignments: z.array(AssignmentId).max(20), list: z.boolean().default(false) }),
  z.object({ verb: z.literal('removedInPortal'), contract: ContractId, leftovers: z.array(AssignmentId).max(20) }),
  /** `at`: what was entered until then is meant. */
  z.object({ verb: z.literal('works'), contract: ContractId, works: z.boolean(), at: Instant }),
  /** `list`: pressed in the list of the own requests, which then stays. */
  z.object({ verb: z.literal('withdraw'), request: RequestId, version, list: z.boolean().default(false) }),
  /** `administrator`: for a second administrator. */
  z.object({ verb: z.literal('assignForm'), contractId: typed, administrator: z.boolean().default(false) }),
  z.object({ verb: z.literal('renew'), contract: ContractId, assignment: AssignmentId, version, days: z.union([z.literal(30), z.literal(90), z.literal(365)]) }),
  z.object({ verb: z.literal('keep'), contract: ContractId, person: PersonId, version: standing }),
  z.object({ verb: z.literal('assign'), contractId: typed, roles: chosen, forMail: typed, until: typed, external: toggle }),
  /** Without a difference: all that can be accepted. */
  z.object({ verb: z.literal('accept'), contract: ContractId, difference: z.string().uuid().optional() }),
  z.object({ verb: z.literal('auditFile'), contract: ContractId, format: z.enum(AUDIT_FORMATS) }),
  z.object({ verb: z.literal('openUser'), contract: ContractId, person: PersonId }),
  z.object({ verb: z.literal('changeUser'), contract: ContractId, person: PersonId, version: standing, roles: chosen, until: typed }),
  z.object({ verb: z.literal('askRemovePerson'), contract: ContractId, person: PersonId }),
  z.object({ verb: z.literal('removePerson'), contract: ContractId, person: PersonId, version: standing }),
  z.object({ verb: z.literal('copyForm'), contract: ContractId }),
  z.object({ verb: z.literal('copyRoles'), contract: ContractId, contractId: typed }),
  z.object({ verb: z.literal('leaver'), forMail: typed }),
  z.object({ verb: z.literal('removeLeaver'), person: PersonId, version: standing }),
  z.object({ verb: z.literal('setAway'), until: typed, deputy: typed }),
  z.object({ verb: z.literal('backFromAway') }),
  z.object({ verb: z.literal('confirmPlan'), plan: z.string().max(50) }),
  /** Asks for a talk with the help desk. */
  z.object({ verb: z.literal('openTicket'), question: typed, subject: typed }),
  z.object({ verb: z.literal('endTalk'), ticket: TicketId }),
  z.object({ verb: z.literal('rateTalk'), ticket: TicketId, solved: z.boolean(), comment: typed }),
  /** What may have arrived or not: the event `n` of the ticket's log. */
  z.object({ verb: z.literal('showMessage'), ticket: TicketId, n: z.number().int().nonnegative(), side: z.enum(['person', 'desk']) }),
  /** What a member of the help desk does with a ticket. `to`: a channel or a colleague; `note`: to the colleagues, or the reason at the end. */
  z.object({ verb: z.literal('ticket'), ticket: TicketId, move: z.enum(TICKET_MOVES), page: z.number().int().nonnegative().max(10_000).default(0), to: typed, note: typed, query: typed, entry: z.string().max(100).optional() }),
  z.object({ verb: z.literal('queue'), show: z.enum(QUEUES), page: z.number().int().nonnegative().default(0), query: typed }),
  z.object({ verb: z.literal('summary') }),
  z.object({ verb: z.literal('cancelForm'), form: z.enum(['request', 'assign', 'leaver', 'help']), request: RequestId.optional() }),
  z.object({ verb: z.literal('list'), list: z.enum(LISTS), page: z.number().int().nonnegative(), contract: ContractId.optional() }),
  z.object({ verb: z.literal('askRemove'), contract: ContractId, assignment: AssignmentId, version }),
  z.object({ verb: z.literal('remove'), contract: ContractId, assignment: AssignmentId, version }),
]);
export type CardAction = z.infer<typeof CardAction>;

/** What a button carries: an action without what people type. */
export type Carried = z.input<typeof CardAction>;

export type Button = Record<string, unknown>;

/**
 * A button: Action.Execute, with Action.Submit for clients that do not know it. `inputs: false` lets it be pressed
 * while required fields of the card are empty.
 */
export function button(title: string, carried: Carried, look: { style?: 'positive' | 'destructive'; inputs?: boolean } = {}): Button {
  const shared = {
    title,
    ...(look.style ? { style: look.style } : {}),
    ...(look.inputs === false ? { associatedInputs: 'none' } : {}),
  };
  return {
    type: 'Action.Execute',
    ...shared,
    verb: carried.verb,
    data: carried,
    fallback: { type: 'Action.Submit', ...shared, data: carried },
  };
}

export function link(title: string, url: string): Button {
  return { type: 'Action.OpenUrl', title, url };
}
