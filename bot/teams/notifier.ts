import type { TurnContext } from 'botbuilder';
import { CardFactory } from 'botbuilder';
import { messageCard } from '../../cards/message.ts';
import { requestCard } from '../../cards/request.ts';
import type { Language } from '../../data/model/language.ts';
import type { Person } from '../../data/model/person.ts';
import type { Place } from '../../data/model/request.ts';
import type { Clock, NoticeContent, Notifier, PeopleStore, TicketStore } from '../../data/ports.ts';
import { TEXTS } from '../../data/text/index.ts';
import { isTaken } from '../desk/taken.ts';
import type { Log } from '../log.ts';
import { requestViewFor } from '../views.ts';
import { withinTime } from '../withinTime.ts';
import type { Adapter } from './adapter.ts';
import { reasonOf } from './directory.ts';

/** The turn before it, and tries for some seconds. */
const SEND_MS = 15_000;

/** A card to send. */
export interface CardReply {
  /** What a notification says; the card itself says it again. */
  title: string;
  card: object;
}

/** Cards in people's own chats, by the conversation reference kept when they spoke. */
export class TeamsNotifier implements Notifier {
  private readonly deps: { adapter: Adapter; people: PeopleStore; tickets: TicketStore; clock: Clock; log: Log };

  constructor(deps: TeamsNotifier['deps']) {
    this.deps = deps;
  }

  waits({ tenantId, reference }: Person): Promise<boolean> {
    return isTaken(this.deps, tenantId, (reference as { conversation?: { id?: string } } | undefined)?.conversation?.id ?? '');
  }

  async show(person: Person, content: NoticeContent, place: Place | undefined): Promise<Place | undefined> {
    const lang: Language = person.language ?? 'en';
    const reply = content.shows === 'hidden' ? hiddenRequest(lang) : await this.draw(lang, person, content);
    const conversation = place?.conversation ?? person.reference;
    if (!conversation) return undefined;
    try {
      return await this.put(conversation, place?.activityId, reply);
    } catch (error) {
      this.deps.log.warn({ err: reasonOf(error), request: content.request.id }, 'a card did not reach its person');
      return undefined;
    }
  }

  /** Draws a card over the one at `activityId`; a message that is gone stays gone. */
  async redraw(conversation: Record<string, unknown>, activityId: string, reply: CardReply): Promise<void> {
    try {
      await this.put(conversation, activityId, reply);
    } catch (error) {
      this.deps.log.warn({ err: reasonOf(error) }, 'a card could not be redrawn');
    }
  }

  /** Sends a card to a conversation, or draws it over the one at `activityId`. Throws when the channel refuses. */
  private async put(conversation: Record<string, unknown>, activityId: string | undefined, reply: CardReply): Promise<Place> {
    let id = activityId;
    await this.in(conversation, async (context) => {
      const activity = messageOf(reply);
      if (id === undefined) id = (await context.sendActivity(activity))?.id;
      else await context.updateActivity({ ...activity, id });
    });
    if (id === undefined) throw new Error('the channel gave no activity id');
    return { conversation, activityId: id };
  }

  /** Does something in a conversation outside of a turn. Throws when the channel refuses or does not answer in time. */
  async in(conversation: Record<string, unknown>, work: (context: TurnContext) => Promise<void>): Promise<void> {
    await withinTime(this.deps.adapter.continueConversation(conversation, work), SEND_MS);
  }

  private async draw(lang: Language, person: Person, { record, request, isReminder }: NoticeContent): Promise<CardReply> {
    const view = await requestViewFor(this.deps.people, lang, person, record, request, this.deps.clock.now(), isReminder);
    return { title: view.text, card: requestCard(lang, view) };
  }
}

function hiddenRequest(lang: Language): CardReply {
  const { hidden } = TEXTS[lang].request;
  return { title: hidden, card: messageCard(lang, { paragraphs: [hidden] }) };
}

/** A card alone: with text beside it Teams splits the activity and returns no id. */
export function messageOf({ title, card }: CardReply): { type: 'message'; summary: string; attachments: ReturnType<typeof CardFactory.adaptiveCard>[] } {
  return { type: 'message', summary: title, attachments: [CardFactory.adaptiveCard(card)] };
}
