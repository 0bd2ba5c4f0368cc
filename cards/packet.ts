import type { Language } from '../data/model/language.ts';
import type { SupportLine } from '../data/support/lines.ts';
import { hoursThere, opening } from '../data/support/lines.ts';
import type { PacketKind } from '../data/model/packet.ts';
import { packetOf } from '../data/support/packet.ts';
import { TEXTS } from '../data/text/index.ts';
import type { Button } from './actions.ts';
import { button, link } from './actions.ts';
import type { Card } from './card.ts';
import { layout } from './card.ts';
import template from './packet.card.json' with { type: 'json' };

const FORM = 'https://support.serviceshub.microsoft.com/supportforbusiness/create';
const STATUS = 'https://support.serviceshub.microsoft.com/supportforbusiness/manage';

const draw = layout(template);

/** Where the text is: with the person alone, or with the help desk too. */
export type PacketPlace = 'noHelpDesk' | 'here' | 'sent';

interface Gathered {
  kind: PacketKind;
  known: Readonly<Record<string, string | undefined>>;
}

export interface Packet extends Gathered {
  /** The guide's run that gathered it. */
  run: string;
  place: PacketPlace;
  /** As a clock shows it; empty when it was not sent. */
  sentAt: string;
  /** The lines of the person's country. */
  lines: readonly SupportLine[];
  now: Date;
}

/** What to tell Microsoft's VL support: the text to copy, the form's choices, and the phone line. */
export function packetCard(lang: Language, packet: Packet): Card {
  const { support } = TEXTS[lang];
  return draw({
    lang,
    title: support.title,
    intro: support.intro,
    lines: packetText(lang, packet).map((text) => ({ text })),
    hints: [support.screenshots, support.form, support.afterwards, ...(packet.lines.length === 0 ? [support.noLine] : packet.lines.map((line) => phone(lang, line, packet.now))), ...state(lang, packet)].map((text) => ({ text })),
    actions: [link(support.formLink, FORM), link(support.statusLink, STATUS), ...person(lang, packet)],
  });
}

function state(lang: Language, { place, sentAt }: Packet): string[] {
  const { support } = TEXTS[lang];
  switch (place) {
    case 'noHelpDesk':
    case 'here':
      return [];
    case 'sent':
      return [support.sent(sentAt)];
  }
}

function person(lang: Language, { place, run }: Packet): Button[] {
  const { support, buttons } = TEXTS[lang];
  switch (place) {
    case 'noHelpDesk':
      return [button(buttons.person, { verb: 'command', command: 'person' })];
    case 'here':
      return [button(support.toHelpDesk, { verb: 'toHelpDesk', run }, { style: 'positive' })];
    case 'sent':
      return [];
  }
}

/** The finished text, line by line. */
export function packetText(lang: Language, { kind, known }: Gathered): string[] {
  const { asks, items, missing } = TEXTS[lang].support;
  return [asks[kind], ...packetOf(kind, known).map(({ item, value }) => `${items[item]}: ${value ?? missing}`)];
}

function phone(lang: Language, line: SupportLine, now: Date): string {
  const { support } = TEXTS[lang];
  const { isOpen, opensInMinutes } = opening(line, now);
  const names = new Intl.DisplayNames([lang], { type: 'language' });
  const languages = line.languages.map((name) => LANGUAGE_CODES[name]).map((code, i) => (code === undefined ? line.languages[i] : names.of(code))).join(lang === 'ja' ? '、' : ', ');
  const { open, close } = hoursThere(line, now);
  const hours = support.hours(open, close, line.days.includes(0) ? support.days.sunToThu : support.days.workdays);
  const state = isOpen ? support.openNow : support.opensIn(Math.floor(opensInMinutes / 60), opensInMinutes);
  const number = line.reach === undefined ? `**${line.number}**` : support.reach[line.reach](line.number);
  const country = new Intl.DisplayNames([lang], { type: 'region' }).of(line.country) ?? line.country;
  return [support.phone(country, number, languages, hours), state].join(lang === 'ja' ? '' : ' ');
}

const LANGUAGE_CODES: Record<string, string> = {
  English: 'en', Japanese: 'ja', Mandarin: 'zh', Cantonese: 'yue', Korean: 'ko', Thai: 'th', 'Bahasa Indonesia': 'id', German: 'de', French: 'fr', Dutch: 'nl', Czech: 'cs', Danish: 'da', Finnish: 'fi', Greek: 'el',
  Hungarian: 'hu', Italian: 'it', Norwegian: 'no', Polish: 'pl', Portuguese: 'pt', Spanish: 'es', Swedish: 'sv', Turkish: 'tr', Hebrew: 'he',
};
