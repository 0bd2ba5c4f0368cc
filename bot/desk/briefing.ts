import type { BriefingView } from '../../cards/briefing.ts';
import { standingOf } from '../../data/desk/standing.ts';
import type { Language } from '../../data/model/language.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import { TEXTS } from '../../data/text/index.ts';
import type { House } from '../house.ts';
import { lastFour, withoutContracts } from './contractIds.ts';

/** Answers that are shown; more is the transcript's. */
const ANSWERS_SHOWN = 5;
const STEPS_SHOWN = 8;

/** What the help desk has to know of a ticket, in its own language. Contract IDs show their last four characters. */
export function briefingView(house: Pick<House, 'knowledge' | 'guides'>, ticket: Ticket, lang: Language): BriefingView {
  const { briefing } = ticket;
  const { state, helper, waitsSince, closed, rated } = standingOf(ticket);
  const title = (entry: string): string => house.knowledge.entries[lang].get(entry)?.title ?? entry;
  return {
    ticket: ticket.id,
    name: ticket.name,
    mail: ticket.mail,
    speaks: ticket.language,
    subject: ticket.subject,
    question: withoutContracts(ticket.question, ticket),
    state,
    helper: helper?.name ?? '',
    waitsSince,
    closedBy: closed === undefined ? '' : typeof closed.by === 'string' ? TEXTS[lang].desk.closedBy[closed.by](ticket.name) : `${closed.by.name}${closed.reason === undefined ? '' : `: ${withoutContracts(closed.reason, ticket)}`}`,
    closedAt: closed?.at ?? '',
    solved: rated?.solved,
    answers: briefing.answers.slice(-ANSWERS_SHOWN).map(({ entry, question, rejected }) => ({ title: title(entry), question: withoutContracts(question, ticket), rejected })),
    path: pathOf(house, ticket, lang),
    detail: withoutContracts(briefing.guide?.detail ?? '', ticket),
    values: Object.entries(briefing.values).filter(([slot]) => slot !== 'contractId' && slot !== 'problem').map(([slot, value]) => ({ slot, value: withoutContracts(value, ticket) })),
    contracts: [...new Set([...briefing.contracts, ...(briefing.values['contractId'] === undefined ? [] : [briefing.values['contractId']])])].map(lastFour),
    requests: briefing.requests,
    agreement: briefing.agreement,
    cloud: briefing.cloud,
    note: noteOf(ticket, lang),
    canDraft: closed !== undefined && ticket.log.some(({ kind }) => kind === 'replied'),
  };
}

/** The guide and what was chosen in it, step by step. */
function pathOf({ guides }: Pick<House, 'guides'>, { briefing: { guide } }: Ticket, lang: Language): string[] {
  const found = guide && guides.get(guide.id);
  if (!guide || !found) return [];
  const steps = guide.path.flatMap(({ step, answer }) => {
    const at = found.steps[step];
    if (at?.kind === 'choose') return at.options.filter(({ id }) => id === answer).map(({ label }) => label[lang]);
    if (at?.kind === 'check' && answer !== undefined) return [TEXTS[lang].desk.found(answer)];
    return [];
  });
  return [found.title[lang], ...steps.slice(-STEPS_SHOWN)];
}

function noteOf({ log, briefing }: Ticket, lang: Language): string {
  const moved = log.findLast((event) => event.kind === 'moved');
  return moved?.kind === 'moved' && moved.note !== undefined ? TEXTS[lang].desk.movedNote(moved.by?.name ?? '', withoutContracts(moved.note, { briefing })) : '';
}
