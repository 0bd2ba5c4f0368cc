import { GlobalSettings, Template } from 'adaptivecards-templating';

/** An Adaptive Card as JSON, version 1.5: the newest that Teams shows everywhere. */
export type Card = Record<string, unknown> & { type: 'AdaptiveCard' };

/** The only door to adaptivecards-templating: a layout that draws a view's data. A value that the data lacks throws. */
export function layout(template: object): (data: object) => Card {
  const compiled = new Template(template);
  return (data) => {
    // The library would leave a literal `${name}` on the card.
    GlobalSettings.getUndefinedFieldValueSubstitutionString = (path: string) => {
      throw new Error(`the layout has no value for ${path}`);
    };
    return compiled.expand({ $root: data }) as Card;
  };
}

/** Text that people typed, for a place that reads Markdown: shown as typed. */
export function plain(typed: string): string {
  return typed.replace(/[\\`*_[\]()<>#~]/g, '\\$&').replace(/^(\s*\d+)\./gm, '$1\\.').replace(/^(\s*)([-+])/gm, '$1\\$2');
}

/** An instant as Adaptive Cards shows it, in the reader's own time zone and manner. */
export function when(instant: string): string {
  const seconds = `${instant.slice(0, 19)}Z`;
  return `{{DATE(${seconds},SHORT)}} {{TIME(${seconds})}}`;
}
