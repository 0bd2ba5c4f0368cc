import { GlobalSettings, Template } from 'adaptivecards-templating';

/** An Adaptive Card as JSON, version 1.5: the newest that Teams shows everywhere. */
export type Card = Record<string, unknown> & { type: 'AdaptiveCard' };

/** The only door to adaptivecards-templating: a layout that draws a view's data. A value that the data lacks throws. */
export function layout(template: object): (data: object) => Card {
  const compiled = new Template(template);
  return (data) => {
    const missing: string[] = [];
    // Asked for each value that is not there; without it the library leaves a literal `${name}` on the card, and what is
    // thrown here it swallows inside a longer text.
    GlobalSettings.getUndefinedFieldValueSubstitutionString = (path: string) => {
      missing.push(path);
      return ' ';
    };
    const card = compiled.expand({ $root: data }) as Card;
    if (missing.length > 0) throw new Error(`the layout has no value for ${missing.join(', ')}`);
    return card;
  };
}

/** What people typed, shown as typed: `{{DATE(…)}}` in it is no date for the client to fill in. */
export function literal(typed: string): string {
  return typed.replaceAll('{{', '{\u200B{');
}

/** What people are called, in a heading, where Markdown is read. */
export function headline(typed: string): string {
  return literal(typed).replaceAll(/[\\`*_[\]<>~|#]/g, String.raw`\$&`);
}

/** An instant as Adaptive Cards shows it, in the reader's own time zone and manner. */
export function when(instant: string): string {
  const seconds = `${instant.slice(0, 19)}Z`;
  return `{{DATE(${seconds},SHORT)}} {{TIME(${seconds})}}`;
}

/** The day of an instant where the reader is. */
export function day(instant: string): string {
  return `{{DATE(${instant.slice(0, 19)}Z,COMPACT)}}`;
}
