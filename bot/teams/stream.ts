import type { Activity, TurnContext } from 'botbuilder';
import { withinTime } from '../withinTime.ts';

/** Teams takes one update of a stream in 1.5 s. */
const PACE_MS = 1_500;
const SEND_MS = 5_000;

/**
 * A message that is shown while it is being written (Teams' streaming, personal chats only): an informative line first,
 * then the text so far, then the message itself. What cannot be sent on the way is left out.
 */
export class AnswerStream {
  private readonly context: TurnContext;
  private streamId: string | undefined;
  private sequence = 0;
  private sending: Promise<unknown> = Promise.resolve();
  private latest = '';
  private isQueued = false;
  private isOver = false;

  constructor(context: TurnContext) {
    this.context = context;
  }

  inform(text: string): void {
    this.queue(() => this.update('informative', text));
  }

  /** The text so far; it only ever grows. */
  show(text: string): void {
    this.latest = text;
    if (this.isQueued) return;
    this.isQueued = true;
    this.queue(async () => {
      this.isQueued = false;
      if (this.isOver) return;
      await this.update('streaming', this.latest);
      await new Promise((resolve) => setTimeout(resolve, PACE_MS).unref());
    });
  }

  /** Ends the stream with this message; false when no stream was begun, or it cannot be ended: then nobody has seen the message. */
  async end(message: Partial<Activity>): Promise<boolean> {
    this.isOver = true;
    await this.sending;
    if (this.streamId === undefined) return false;
    const info = { type: 'streaminfo', streamId: this.streamId, streamType: 'final' };
    try {
      await withinTime(this.context.sendActivity({ ...message, id: this.streamId, entities: [...(message.entities ?? []), info] }), SEND_MS);
      return true;
    } catch {
      return false;
    }
  }

  private queue(work: () => Promise<unknown>): void {
    this.sending = this.sending.then(work);
  }

  private async update(streamType: 'informative' | 'streaming', text: string): Promise<void> {
    this.sequence += 1;
    const info = { type: 'streaminfo', streamType, streamSequence: this.sequence, ...(this.streamId === undefined ? {} : { streamId: this.streamId }) };
    try {
      const sent = await withinTime(this.context.sendActivity({ type: 'typing', text, entities: [info], ...(this.streamId === undefined ? {} : { id: this.streamId }) }), SEND_MS);
      this.streamId ??= sent?.id;
    } catch {
      // The next one says more.
    }
  }
}
