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
  /** The choices of this step; a step without any goes on with Next. */
  options: { id: string; label: string }[];
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
  const back = view.canGoBack ? [button(buttons.back, { verb: 'guide', run, rev, move: 'back' })] : [];
  const next = view.options.length === 0 ? [button(buttons.next, { verb: 'guide', run, rev, move: 'next' }, { style: 'positive' })] : [];
  const person = button(buttons.person, { verb: 'command', command: 'person' });
  const cancel = button(buttons.cancel, { verb: 'guide', run, rev, move: 'cancel' });
  return draw({
    lang,
    title: view.title,
    progress: guide.progress(view.at, view.of),
    notice: view.notice ?? '',
    paragraphs: view.text.split('\n\n').map((text) => ({ text })),
    links: view.links.map(({ title, url }) => link(title, url)),
    options: view.options.map(({ id, label }) => ({ actions: [button(label, { verb: 'guide', run, rev, move: 'choose', option: id })] })),
    actions: view.end ? view.end.after : [...next, ...back, person, cancel],
  });
}

/** What is left of a guide's card when the guide went on in another one, or was stopped. */
export function guideStub(lang: Language, title: string, text: string): Card {
  return draw({ lang, title, progress: '', notice: '', paragraphs: [{ text }], links: [], options: [], actions: [] });
}
