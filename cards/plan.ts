import type { Language } from '../data/model/language.ts';
import type { Line } from '../data/operations/assignMany.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { messageCard } from './message.ts';

export interface Plan {
  id: string;
  /** What would be given. */
  lines: Line[];
  /** What would not, and why; as it is said. */
  problem: string[];
}

/** So many lines are shown; the rest is counted. */
const SHOWN = 20;

/** What an assignment form for several people or contracts would do, to confirm at once. */
export function planCard(lang: Language, { id, lines, problem }: Plan): Card {
  const { plan, buttons, roles, list } = TEXTS[lang];
  const said = lines.map((line) => `${line.contractId} · ${line.mail}: ${line.refusal ? '' : list(line.roles.map((role) => roles[role]))}${line.until === '' ? '' : plan.until(line.until)}${line.external ? plan.external : ''}`);
  return messageCard(lang, {
    title: plan.title,
    paragraphs: [plan.text(lines.length), shortened(said, plan.more), ...(problem.length > 0 ? [`${plan.notDone}\n${shortened(problem, plan.more)}`] : [])],
    actions: [button(buttons.confirm, { verb: 'confirmPlan', plan: id }, { style: 'positive' }), button(buttons.cancel, { verb: 'cancelForm', form: 'assign' })],
  });
}

function shortened(lines: string[], more: (left: number) => string): string {
  return [...lines.slice(0, SHOWN), ...(lines.length > SHOWN ? [more(lines.length - SHOWN)] : [])].join('\n');
}
