import type { Button } from '../cards/actions.ts';
import { button } from '../cards/actions.ts';
import type { GuideView } from '../cards/guide.ts';
import type { Language } from '../data/model/language.ts';
import { clockTime } from '../data/text/moment.ts';
import { commandTitle, TEXTS } from '../data/text/index.ts';
import type { GuideState } from './guide.flow.ts';
import { isFound, progress, stepOf } from './guide.flow.ts';
import type { Guides } from './guide.load.ts';
import type { Guide, ShownStep } from './guide.ts';
import type { Here } from './slots.ts';

/** A state of a guide as its card shows it. */
export function viewOf(guides: Guides, guide: Guide, state: GuideState, lang: Language, here: Here, notice?: string): GuideView {
  const step = stepOf(guide, state);
  const said = (text: string): string => filled(text, state, (value) => value.replaceAll(/[\\`*_[\]<>~|]/g, String.raw`\$&`));
  return {
    title: guide.title[lang],
    run: state.run,
    rev: state.rev,
    ...progress(guide, state),
    text: said(step.text[lang]),
    links: step.links.map(({ title, url }) => ({ title: title[lang], url })),
    ...(step.picture ? { picture: { url: step.picture.url, alt: step.picture.alt[lang] } } : {}),
    options: step.kind === 'choose' ? step.options.map(({ id, label }) => ({ id, label: label[lang] })) : [],
    canGoBack: state.path.length > 0,
    ...(step.kind === 'ask' ? { asks: { ...TEXTS[lang].guide.slots[step.slot], isLong: step.slot === 'problem', canBeUnsure: step.unsure !== undefined, ...(step.without ? { without: step.without[lang] } : {}) } } : {}),
    ...(step.kind === 'check' ? { looks: true } : {}),
    ...(isFound(guide, state) && !STANDING.has(state.answers[state.path.at(-1) ?? ''] ?? '') ? { lookedAt: clockTime(new Date(state.lookedAt ?? here.now), here.timeZone, lang) } : {}),
    ...(step.kind === 'end' ? { end: { after: afterwards(guides, guide, step, state, lang, here) } } : {}),
    ...(step.kind === 'end' && step.copy !== undefined ? { copy: filled(typeof step.copy === 'string' ? step.copy : step.copy[lang], state, (value) => value) } : {}),
    ...(notice === undefined ? {} : { notice }),
  };
}

/** What stands for what is not known, to be filled in by hand. */
const GAP = '____';

/** `{signInId}` and the like, as people typed them; `shown`: how a value is written where Markdown would be read. */
function filled(text: string, { values, detail }: GuideState, shown: (value: string) => string): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => shown(name === 'detail' ? detail : ((values as Record<string, string | undefined>)[name] ?? GAP)));
}

/** Findings that another look at the same ID would not change. */
const STANDING: ReadonlySet<string> = new Set(['consumer', 'onmicrosoft', 'other']);

type End = Extract<ShownStep, { kind: 'end' }>;

function afterwards(guides: Guides, guide: Guide, step: End, state: GuideState, lang: Language, here: Here): Button[] {
  const another = step.guide === undefined ? undefined : guides.get(step.guide);
  return [
    ...(another ? [button(another.id === guide.id ? TEXTS[lang].guide.sameAgain : TEXTS[lang].guide.goOnWith(another.title[lang]), { verb: 'startGuide', guide: another.id }, { style: 'positive' })] : []),
    ...remind(guide, step, state, lang, here),
    ...[...step.after, ...(step.outcome === 'open' && !step.after.includes('person') && step.after.length < 3 ? (['person'] as const) : [])].map((command) => button(command === 'person' ? TEXTS[lang].buttons.person : commandTitle(lang, command), { verb: 'command', command })),
  ];
}

const HOUR = 60 * 60_000;

/** Not for a time that is over, as when an old card is drawn again. */
function remind(guide: Guide, step: End, state: GuideState, lang: Language, { now, timeZone }: Here): Button[] {
  if (step.remind === undefined) return [];
  const at = new Date(Date.parse(state.values.since ?? '') + step.remind * HOUR);
  if (!(at > now)) return [];
  return [button(TEXTS[lang].guide.remind(clockTime(at, timeZone, lang)), { verb: 'remind', guide: guide.id, at: at.toISOString() }, { style: 'positive' })];
}
