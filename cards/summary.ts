import type { DeskDay } from '../data/desk/summary.ts';
import type { Language } from '../data/model/language.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { layout, literal } from './card.ts';
import template from './summary.card.json' with { type: 'json' };

const draw = layout(template);

/** The help desk's day: numbers, and bars where the client draws them, else a table of the same. `topics`: titles of entries that were asked for before a person was. */
export function summaryCard(lang: Language, { day, topics }: { day: DeskDay; topics: { title: string; count: number }[] }): Card {
  const { desk } = TEXTS[lang];
  const { numbers } = desk;
  const minutes = (value: number | undefined): string => (value === undefined ? '–' : value < 1 ? desk.underAMinute : desk.minutes(value));
  return draw({
    lang,
    title: desk.summaryTitle,
    numbers: [
      { label: numbers.opened, value: String(day.opened) },
      { label: numbers.waiting, value: String(day.waiting) },
      { label: numbers.claimed, value: String(day.claimed) },
      { label: numbers.closed, value: String(day.closed) },
      { label: numbers.usualWait, value: minutes(day.meanWait) },
      { label: numbers.longestWait, value: minutes(day.longestWait) },
    ],
    charts: [
      ...bars(desk.solvedBy, day.byBot + day.byPerson + day.notSolved === 0 ? [] : [{ x: desk.byBot, y: day.byBot }, { x: desk.byPerson, y: day.byPerson }, { x: desk.notSolved, y: day.notSolved }]),
      ...bars(desk.topSubjects, day.subjects.map(({ subject, count }) => ({ x: desk.subjects[subject], y: count }))),
      ...bars(desk.topTopics, topics.map(({ title, count }) => ({ x: title, y: count }))),
    ],
    actions: [button(desk.showQueue, { verb: 'queue', show: 'waiting', page: 0 })],
  });
}

interface Bar {
  x: string;
  y: number;
}

/** Nothing to show is no chart. */
function bars(heading: string, data: Bar[]): { heading: string; data: Bar[] }[] {
  return data.length === 0 ? [] : [{ heading, data: data.map(({ x, y }) => ({ x: literal(x), y })) }];
}
