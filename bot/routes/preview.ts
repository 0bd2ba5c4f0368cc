import { planCard } from '../../cards/plan.ts';
import type { Person } from '../../data/model/person.ts';
import { previewMany } from '../../data/operations/assignMany.ts';
import type { AssignWish } from '../../data/operations/assignRoles.ts';
import { saveChat } from '../chat.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed } from '../reply.ts';
import type { Turn } from '../turn.ts';

/** Keeps what is going to be assigned, and shows it; nothing to assign goes back to the form. */
export async function preview(house: House, turn: Turn, person: Person, wishes: AssignWish[], again: (problem: string) => Pressed): Promise<Pressed> {
  const lines = await previewMany(house, person, wishes);
  const problem = lines.flatMap((line) => (line.refusal ? [`${line.contractId} · ${line.mail}: ${refusalText(turn.lang, line.refusal)}`] : []));
  if (problem.length === lines.length) return again(problem.join('\n'));
  const id = house.ids.uuid();
  await saveChat(house, turn, (now) => ({ ...now, plan: { id, wishes: wishes.filter((_, i) => lines[i]?.refusal === undefined) } }));
  return { inPlace: { title: turn.words.plan.title, card: planCard(turn.lang, { id, lines: lines.filter((line) => line.refusal === undefined), problem }) } };
}
