import type { Activity, Attachment } from 'botbuilder';
import type { CardReply } from './teams/notifier.ts';

/** Something the bot says in the conversation of the turn. */
export type Reply =
  | { kind: 'text'; text: string; entities?: Activity['entities'] }
  /** A file, or the question where one may go. */
  | { kind: 'attachment'; attachment: Attachment }
  | ({
      kind: 'card';
      /** The activity whose card this one takes the place of. */
      over?: string;
      /** Told the id of the new activity, once it is sent. */
      sent?: (activityId: string) => Promise<void>;
    } & CardReply);

/** What pressing a button leads to: another card in its place, a sentence for the one who pressed, more messages below. */
export interface Pressed {
  inPlace?: CardReply;
  say?: string;
  replies?: Reply[];
  /** The card in place is kept up to date by the notices of its contract. */
  isSettled?: boolean;
}

export const text = (said: string): Reply => ({ kind: 'text', text: said });
export const card = (title: string, drawn: object): Reply => ({ kind: 'card', title, card: drawn });
