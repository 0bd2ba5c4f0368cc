import type { Button } from '../cards/actions.ts';
import { button } from '../cards/actions.ts';
import type { GuideView } from '../cards/guide.ts';
import type { Language } from '../data/model/language.ts';
import { commandTitle } from '../data/text/index.ts';
import type { GuideState } from './guide.flow.ts';
import { progress, stepOf } from './guide.flow.ts';
import type { Guides } from './guide.load.ts';
import type { Guide } from './guide.ts';

/** A state of a guide as its card shows it. */
export function viewOf(guides: Guides, guide: Guide, state: GuideState, lang: Language, notice?: string): GuideView {
  const step = stepOf(guide, state);
  return {
    title: guide.title[lang],
    run: state.run,
    rev: state.rev,
    ...progress(guide, state),
    text: step.text[lang],
    links: step.links.map(({ title, url }) => ({ title: title[lang], url })),
    options: step.kind === 'choose' ? step.options.map(({ id, label }) => ({ id, label: label[lang] })) : [],
    canGoBack: state.path.length > 0,
    ...(step.kind === 'end' ? { end: { after: afterwards(guides, step, lang) } } : {}),
    ...(notice === undefined ? {} : { notice }),
  };
}

function afterwards(guides: Guides, step: { after: Parameters<typeof commandTitle>[1][]; guide?: string | undefined }, lang: Language): Button[] {
  const another = step.guide === undefined ? undefined : guides.get(step.guide);
  return [
    ...step.after.map((command) => button(commandTitle(lang, command), { verb: 'command', command })),
    ...(another ? [button(another.title[lang], { verb: 'startGuide', guide: another.id })] : []),
  ];
}
