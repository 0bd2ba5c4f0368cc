import type { Who } from '../../support/people.ts';
import type { Channel, Sent } from './channel.ts';
import type { Answer, Post } from './post.ts';

/** What came of one thing that was said or pressed. */
export interface Came {
  /** The body of the HTTP answer. */
  answer: string;
  /** What was sent to the conversation, in order. */
  sent: Sent[];
}

/** Where a talk is held. */
export interface Place {
  /** Of the bot. */
  url: string;
  channel: Channel;
  post: Post['post'];
  conversationId: string;
  /** The header of the channel's next request; undefined: nothing is authenticated. */
  authorization: (() => string) | undefined;
  /** What the bot has to show the channel. */
  expected: string | undefined;
  /** A bot is waited for so many milliseconds. */
  patienceMs: number;
}

/** Thrown when what came is not what had to come; the bench is over then. */
export class Wrong extends Error {
  override name = 'Wrong';
}

let count = 0;

/** One person's own chat with a bot: a turn at a time, over when the HTTP answer and everything that was waited for are there. */
export class Talk {
  readonly who: Who;
  /** Milliseconds of each turn: until the HTTP answer, and until all was there. */
  readonly times: { answered: number; whole: number }[] = [];
  /** What came between two turns, for who looks at it. */
  late: Sent[] = [];
  private readonly place: Place;
  private current: { sent: Sent[]; look: () => void; isMine: (sent: Sent) => boolean } | undefined;

  constructor(who: Who, place: Place) {
    this.who = who;
    this.place = place;
    place.channel.members.set(who.id, who);
    place.channel.takers.set(place.conversationId, (sent) => this.take(sent));
  }

  /** Says something; `isAll`: whether what was sent is all that has to come. */
  say(text: string, isAll: (sent: Sent[]) => boolean = ({ length }) => length === 1): Promise<Came> {
    return this.turn({ type: 'message', text, textFormat: 'plain' }, isAll);
  }

  /** Presses a button of the card at `on`. `isMine`: what belongs to it; other things that come meanwhile are kept for later. */
  press(data: object, on: string | undefined, isAll: (sent: Sent[]) => boolean, isMine: (sent: Sent) => boolean = () => true): Promise<Came> {
    const action = { type: 'Action.Execute', verb: (data as { verb?: string }).verb, data };
    return this.turn({ type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger: 'manual' }, ...(on === undefined ? {} : { replyToId: on }) }, isAll, isMine);
  }

  private async turn(activity: object, isAll: (sent: Sent[]) => boolean, isMine: (sent: Sent) => boolean = () => true): Promise<Came> {
    const { url, post, authorization, patienceMs } = this.place;
    const sent: Sent[] = [];
    const began = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const all = new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new Wrong(`${this.who.name}: not all came within ${patienceMs} ms of ${JSON.stringify(activity)}, but: ${JSON.stringify(sent).slice(0, 2000)}`)), patienceMs);
      const look = (): void => void (isAll(sent) && resolve());
      this.current = { sent, look, isMine };
      look();
    });
    let answer: Answer;
    let answered = 0;
    const posted = post(`${url}/api/messages`, this.activity(activity), authorization ? { authorization: authorization() } : {}).finally(() => (answered = performance.now() - began));
    try {
      [answer] = await Promise.all([posted, all]);
    } finally {
      clearTimeout(timer);
      this.current = undefined;
    }
    this.times.push({ answered, whole: performance.now() - began });
    if (answer.status !== 200) throw new Wrong(`${this.who.name}: HTTP ${answer.status} ${answer.body} to ${JSON.stringify(activity)}`);
    return { answer: answer.body, sent };
  }

  private take(sent: Sent): void {
    const { expected } = this.place;
    if (expected !== undefined && sent.authorization !== expected) throw new Wrong(`the bot sent without its token: ${String(sent.authorization)}`);
    if (this.current?.isMine(sent) === true) {
      this.current.sent.push(sent);
      this.current.look();
    } else this.late.push(sent);
  }

  /** What Teams sends around what was said or pressed in a personal chat. */
  private activity(of: object): object {
    const { who, place } = this;
    count += 1;
    const now = new Date().toISOString();
    return {
      ...of,
      id: `${Date.now()}${String(count).padStart(8, '0')}`,
      timestamp: now,
      localTimestamp: now,
      localTimezone: 'Asia/Tokyo',
      channelId: 'msteams',
      serviceUrl: place.channel.url,
      from: { id: who.id, name: who.name, aadObjectId: who.objectId },
      recipient: { id: '28:12345678-1234-4234-8234-123456789abc', name: 'VL Access' },
      conversation: { conversationType: 'personal', tenantId: who.tenantId, id: place.conversationId },
      entities: [{ locale: 'en-US', country: 'JP', platform: 'Windows', timezone: 'Asia/Tokyo', type: 'clientInfo' }],
      channelData: { tenant: { id: who.tenantId } },
      locale: 'en-US',
    };
  }
}
