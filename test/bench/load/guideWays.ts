import type { GuideSaid, GuideState } from '../../../dialogs/guide.flow.ts';
import { stepOf } from '../../../dialogs/guide.flow.ts';
import type { Guide, Slot } from '../../../dialogs/guide.ts';
import { valueOf } from '../../../dialogs/slots.ts';
import { actionsOf } from '../../support/bot.ts';
import type { CardJson } from './cards.ts';
import { shown } from './scenario.ts';
import { Wrong } from './talk.ts';

/** What people type where a guide asks. */
const TYPED: Record<Slot, string> = {
  signInId: 'mika@contoso.co.jp', earlierId: 'mika@contoso.onmicrosoft.com', newId: 'mika.sato@contoso.co.jp', businessMail: 'mika.s@contoso.co.jp', contractId: '12345678', domain: 'contoso.co.jp',
  phone: '+81 3 1234 5678', sender: 'noreply@email.microsoft.com', subject: 'Welcome to volume licensing', since: '2026-01-05 09:00', problem: 'The page stays white after I sign in',
};
export const TIME_ZONE = 'Asia/Tokyo';

/** One of the buttons that lead on from a guide's card: what it sends back, and what that says. */
export function wayOn(card: CardJson, guide: Guide, state: GuideState, random: () => number): { data: CardJson; said: GuideSaid } {
  const ways = actionsOf(card).map((action) => action['data'] as CardJson | undefined).filter((data) => data?.['verb'] === 'guide' && ['next', 'choose', 'typed', 'unsure'].includes(String(data['move'])));
  const data = ways[Math.floor(random() * ways.length)];
  const current = stepOf(guide, state);
  if (data?.['run'] !== state.run || data['rev'] !== state.rev) throw new Wrong(`${guide.id}, ${state.step}: no way on from ${shown(card)}`);
  switch (data['move']) {
    case 'choose':
      return { data, said: { move: 'choose', option: String(data['option']) } };
    case 'typed': {
      const value = current.kind === 'ask' ? TYPED[current.slot] : '';
      return { data: { ...data, value }, said: { move: 'typed', value: (current.kind === 'ask' && valueOf(current.slot, value, { now: new Date(), timeZone: TIME_ZONE })) || '' } };
    }
    case 'unsure':
      return { data, said: { move: 'unsure' } };
    default:
      return { data, said: { move: 'next' } };
  }
}

/** The run of a guide that a card belongs to. */
export function runOf(card: CardJson): string {
  const [run] = actionsOf(card).flatMap((action) => (action['data'] as CardJson | undefined)?.['run'] ?? []);
  if (typeof run !== 'string') throw new Wrong(`no guide's card: ${shown(card)}`);
  return run;
}
