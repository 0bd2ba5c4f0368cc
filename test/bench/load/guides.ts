import type { Language } from '../../../data/model/language.ts';
import { LANGUAGES } from '../../../data/model/language.ts';
import type { GuideState, Known } from '../../../dialogs/guide.flow.ts';
import { learnt, next, startGuide, stepOf } from '../../../dialogs/guide.flow.ts';
import type { Guides } from '../../../dialogs/guide.load.ts';
import type { Guide, Slot } from '../../../dialogs/guide.ts';
import { viewOf } from '../../../dialogs/guide.view.ts';
import { cardOf, walk } from '../../support/bot.ts';
import { seeded } from '../../support/soak.ts';
import type { CardJson } from './cards.ts';
import { inPlace } from './cards.ts';
import { runOf, TIME_ZONE, wayOn } from './guideWays.ts';
import { person } from './people.ts';
import type { Scenario } from './scenario.ts';
import { nothingUnasked, onlyMessage, shown } from './scenario.ts';
import type { Talk } from './talk.ts';
import { Wrong } from './talk.ts';

/** What the bot asks once and no other guide asks again; see bot/routes/guideKept.ts. */
const ASKED_ONCE: ReadonlySet<string> = new Set<Slot>(['signInId', 'earlierId', 'newId', 'businessMail', 'contractId', 'domain']);

/** Where somebody is, as the product's own rule of guides has it. */
interface Path {
  lang: Language;
  random: () => number;
  /** The guide that comes next. */
  at: number;
  known: Known;
  state: GuideState | undefined;
  card: CardJson;
  activityId: string;
}

/**
 * Everybody goes through one guide after the other, in both languages, by the buttons of the card that came, each time by
 * another way; at the end the next guide begins. What comes has to be the step that follows, in the answer to the press and
 * in the card that is kept.
 */
export function guides(all: Guides): Scenario {
  const paths = new Map<Talk, Path>();
  const ids = [...all.keys()];
  const given = ({ known }: Path): { known: Known; canLook: boolean; now: Date } => ({ known, canLook: false, now: new Date() });
  const here = (): { now: Date; timeZone: string; timeOf: () => string } => ({ now: new Date(), timeZone: TIME_ZONE, timeOf: () => '' });

  const start = async (talk: Talk, path: Path): Promise<void> => {
    const guide = all.get(ids[path.at % ids.length] ?? '')!;
    path.at += 1;
    const { activityId, body } = onlyMessage((await talk.press({ verb: 'startGuide', guide: guide.id }, path.activityId === '' ? undefined : path.activityId, ({ length }) => length > 0)).sent);
    const card = cardOf(body) ?? {};
    const state = startGuide(guide, runOf(card), given(path));
    arrive(path, guide, state, card);
    path.activityId = activityId;
  };

  const step = async (talk: Talk, path: Path, state: GuideState): Promise<void> => {
    const guide = all.get(state.guide)!;
    const { data, said } = wayOn(path.card, guide, state, path.random);
    const move = next(guide, state, said, given(path));
    if (move.kind !== 'moved') throw new Wrong(`${guide.id}, ${state.step}: ${said.move} leads nowhere`);
    const to = stepOf(guide, move.state);
    const hasPacket = to.kind === 'end' && to.packet !== undefined;
    const { answer, sent } = await talk.press(data, path.activityId, ({ length }) => length >= (hasPacket ? 2 : 1));
    const [kept, packet, ...more] = sent;
    arrive(path, guide, move.state, inPlace(answer));
    if (kept?.method !== 'PUT' || kept.activityId !== path.activityId || more.length > 0 || (packet?.method === 'POST') !== hasPacket) throw new Wrong(`${guide.id}, ${move.state.step}: not one card kept, but ${shown(sent)}`);
    expectStep(path, guide, move.state, cardOf(kept.body) ?? {});
  };

  const arrive = (path: Path, guide: Guide, state: GuideState, card: CardJson | string): void => {
    if (typeof card === 'string') throw new Wrong(`${guide.id}, ${state.step}: no card, but ${card}`);
    expectStep(path, guide, state, card);
    const typed = Object.fromEntries(Object.entries(state.values).filter(([slot]) => ASKED_ONCE.has(slot)));
    path.known = { ...path.known, ...learnt(guide, state), values: { ...path.known.values, ...typed } };
    path.card = card;
    path.state = stepOf(guide, state).kind === 'end' ? undefined : state;
  };

  const expectStep = (path: Path, guide: Guide, state: GuideState, card: CardJson): void => {
    const view = viewOf(all, guide, state, path.lang, here());
    const said = new Set<unknown>();
    textsOf(card, said);
    const lacking = [view.title, ...view.text.split('\n\n'), ...view.options.map(({ label }) => label)].find((text) => !said.has(text));
    if (lacking !== undefined) throw new Wrong(`${guide.id}, ${state.step}: lacks “${lacking}” in ${shown(card)}`);
  };

  return {
    who: (n) => person(n, 'holder'),
    after: nothingUnasked,
    begin: async (talk) => {
      const lang = LANGUAGES[paths.size % LANGUAGES.length]!;
      onlyMessage((await talk.say(lang === 'ja' ? 'ヘルプ' : 'help')).sent);
      paths.set(talk, { lang, random: seeded(paths.size), at: paths.size, known: {}, state: undefined, card: {}, activityId: '' });
    },
    turn: (talk) => {
      const path = paths.get(talk)!;
      return path.state ? step(talk, path, path.state) : start(talk, path);
    },
  };
}

function textsOf(card: CardJson, said: Set<unknown>): void {
  walk(card, (node) => said.add(node['text']).add(node['title']));
}
