import type { Language } from '../data/model/language.ts';
import { TEXTS } from '../data/text/index.ts';
import type { Button } from './actions.ts';
import { button, link } from './actions.ts';
import type { Card } from './card.ts';
import { layout } from './card.ts';
import template from './guide.card.json' with { type: 'json' };

/** One step of a guide as its card shows it. */
export interface GuideView {
  title: string;
  run: string;
  rev: number;
  at: number;
  of: number;
  text: string;
  links: { title: string; url: string }[];
  picture?: { url: string; alt: string };
  /** The choices of this step. */
  options: { id: string; label: string }[];
  /** What this step asks to type. */
  asks?: { label: string; hint: string; isLong: boolean; canBeUnsure: boolean; without?: string };
  /** This step looks for itself, if it may. */
  looks?: boolean;
  /** When a look found what this step says; it can be repeated. */
  lookedAt?: string;
  /** A text to hand on. */
  copy?: string;
  /** Set on the last step: what fits after it. */
  end?: { after: Button[] };
  canGoBack: boolean;
  /** Why the card stands where it did before. */
  notice?: string;
}

const draw = layout(template);

/** A guide: one card that is updated in place, step by step. */
export function guideCard(lang: Language, view: GuideView): Card {
  const { buttons, guide } = TEXTS[lang];
  const { run, rev } = view;
  const back = view.canGoBack ? [button(buttons.back, { verb: 'guide', run, rev, move: 'back' }, { inputs: false })] : [];
  const next = forward(lang, view);
  const again = view.lookedAt === undefined ? [] : [button(guide.again, { verb: 'guide', run, rev, move: 'again' })];
  const person = button(buttons.person, { verb: 'command', command: 'person' }, { inputs: false });
  const cancel = button(buttons.cancel, { verb: 'guide', run, rev, move: 'cancel' }, { inputs: false });
  return draw({
    lang,
    title: view.title,
    progress: guide.progress(view.at, view.of),
    notice: view.notice ?? '',
    paragraphs: view.text.split('\n\n').map((text) => ({ text })),
    pictures: view.picture ? [view.picture] : [],
    links: view.links.map(({ title, url }) => link(title, url)),
    options: view.options.map(({ id, label }) => ({ actions: [button(label, { verb: 'guide', run, rev, move: 'choose', option: id })] })),
    inputs: view.asks ? [{ label: view.asks.label, hint: view.asks.hint, isLong: view.asks.isLong }] : [],
    lookedAt: view.lookedAt === undefined ? '' : guide.lookedAt(view.lookedAt),
    copyHint: guide.copyHint,
    // An empty line would be no line at all.
    copy: view.copy === undefined ? [] : view.copy.split('\n').map((text) => ({ text: text === '' ? '\u00A0' : text })),
    actions: view.end ? [...view.end.after, ...again] : [...next, ...again, ...back, person, cancel],
  });
}

/** What is left of a guide's card when the guide went on in another one, or was stopped. */
export function guideStub(lang: Language, title: string, text: string): Card {
  return draw({ lang, title, progress: '', notice: '', paragraphs: [{ text }], links: [], pictures: [], options: [], inputs: [], lookedAt: '', copyHint: '', copy: [], actions: [] });
}

/** What leads on from a step. */
function forward(lang: Language, { run, rev, options, asks, looks }: GuideView): Button[] {
  const { buttons, guide } = TEXTS[lang];
  if (looks) return [button(guide.look, { verb: 'guide', run, rev, move: 'look' }, { style: 'positive' }), button(guide.skip, { verb: 'guide', run, rev, move: 'skip' })];
  if (asks) {
    const unsure = button(asks.without ?? guide.unsure, { verb: 'guide', run, rev, move: 'unsure' }, { inputs: false });
    return [button(buttons.next, { verb: 'guide', run, rev, move: 'typed' }, { style: 'positive' }), ...(asks.canBeUnsure ? [unsure] : [])];
  }
  return options.length === 0 ? [button(buttons.next, { verb: 'guide', run, rev, move: 'next' }, { style: 'positive' })] : [];
}
