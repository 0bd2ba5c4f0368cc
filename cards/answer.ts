import type { Asker } from '../data/knowledge/cases.ts';
import { labelOf, paragraphsFor } from '../data/knowledge/cases.ts';
import type { Entry, NextStep, Paragraph } from '../data/knowledge/entry.ts';
import type { Language } from '../data/model/language.ts';
import { commandTitle, TEXTS } from '../data/text/index.ts';
import type { Button } from './actions.ts';
import { button, link } from './actions.ts';
import template from './answer.card.json' with { type: 'json' };
import type { Card } from './card.ts';
import { layout } from './card.ts';
import { gist } from './gist.ts';

export interface Answer {
  entry: Entry;
  /** Without what the answer says: that was said before the card. */
  isBrief?: boolean;
  /** Whose case leads. */
  asker?: Asker;
  /** A sentence before the answer. */
  intro?: string;
  /** What else may have been meant. */
  also?: Entry;
  /** Shown when the answer did not help. */
  related?: Entry[];
  /** The title of the guide or entry that is the next step; a command has its own words. */
  nextTitle?: string;
  /** How the person rated it; asked when absent. `unasked`: a helper sent it, who asks in person. */
  rated?: 'helpful' | 'notHelpful' | 'unasked';
}

const draw = layout(template);

/** The answer to a question: prose, steps, links, source, the fitting next step, and whether it helped. */
export function answerCard(lang: Language, { entry, isBrief = false, asker, intro, also, nextTitle, rated, related }: Answer): Card {
  const words = TEXTS[lang];
  const { page, date, url } = entry.source;
  const person = button(words.buttons.person, { verb: 'command', command: 'person' });
  return draw({
    lang,
    intro: intro ?? '',
    title: entry.title,
    paragraphs: (isBrief ? [] : paragraphsFor(entry, asker ?? {})).map((paragraph) => ({ text: written(lang, paragraph) })),
    steps: (isBrief ? [] : entry.steps).map((text, i) => ({ number: String(i + 1), text })),
    // The source line below is that link already.
    links: entry.links.filter((to) => to.url !== url).map((to) => link(to.title, to.url)),
    audience: audience(lang, entry),
    source: `[${words.answer.source(words.sources[page], date)}](${url})`,
    next: rated === 'unasked' ? [] : [nextStep(lang, entry.next, nextTitle)],
    also: also && rated === undefined ? [{ text: `${words.answer.also} ${gist(also)}`, actions: [button(also.title, { verb: 'answer', entry: also.id })] }] : [],
    related: rated === 'notHelpful' ? (related ?? []).map((other) => ({ actions: [button(other.title, { verb: 'answer', entry: other.id })] })) : [],
    note: rated === undefined || rated === 'unasked' ? '' : rated === 'helpful' ? words.answer.rated : words.answer.notHelpful,
    actions:
      rated === undefined
        ? [
            button(words.buttons.helpful, { verb: 'rate', entry: entry.id, helpful: true, lang }),
            button(words.buttons.notHelpful, { verb: 'rate', entry: entry.id, helpful: false, lang }),
            ...(isPerson(entry) ? [] : [person]),
          ]
        : rated === 'notHelpful' && !isPerson(entry)
          ? [person]
          : [],
  });
}

/** For whom the answer is, where it is not for everybody. */
function audience(lang: Language, { for: { agreements, people } }: Entry): string {
  const words = TEXTS[lang].answer;
  const names = [
    ...(agreements === 'all' ? [] : [words.audiences[agreements]]),
    ...(people.includes('user') ? [] : people.flatMap((one) => (one === 'user' ? [] : [words.audiences[one]]))),
  ];
  return names.length === 0 ? '' : words.audience(names);
}

function written(lang: Language, { text, case: one }: Paragraph): string {
  return one ? `**${labelOf(lang, one)}:** ${text}` : text;
}

function isPerson(entry: Entry): boolean {
  return entry.next.kind === 'command' && entry.next.command === 'person';
}

function nextStep(lang: Language, next: NextStep, title = ''): Button {
  const look = { style: 'positive' as const };
  switch (next.kind) {
    case 'guide':
      return button(title, { verb: 'startGuide', guide: next.guide }, look);
    case 'answer':
      return button(title, { verb: 'answer', entry: next.entry }, look);
    case 'command':
      return button(next.command === 'person' ? TEXTS[lang].buttons.person : commandTitle(lang, next.command), { verb: 'command', command: next.command }, look);
  }
}
