import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Metrics } from '../metrics.ts';
import type { Tracing } from '../tracing.ts';
import type { Http, Outcome } from './http.ts';
import type { Limits } from './limits.ts';
import { tryAgain } from './retry.ts';
import { isOnThisMachine, isService } from './serviceUrl.ts';

/** Nobody waits longer for one request to the Bot Connector; whoever pressed a button waits 5 s in all. */
const TIMEOUT_MS = 10_000;
const ROSTER_MS = 3_000;
/** So long a turn tries to send what it says: Teams waits 15 s for its end. */
const TURN_MS = 8_000;
/** Pages of a roster. */
const PAGES = 10;

/** A conversation at the channel: where its connector is, and its id; for a thread of a Teams channel `<channel>;messageid=<activity>`. */
export interface At {
  serviceUrl: string;
  conversationId: string;
}

/** Of text with an attachment Teams makes two messages, and gives no id. */
const Created = z.object({ id: z.string().nullish() });

const Account = z.object({ id: z.string(), name: z.string().nullish(), aadObjectId: z.string().nullish(), objectId: z.string().nullish(), userPrincipalName: z.string().nullish() });
const Page = z.object({ members: z.array(Account), continuationToken: z.string().nullish() });
export type Account = z.infer<typeof Account>;
const Channels = z.object({ conversations: z.array(z.object({ id: z.string(), name: z.string().nullish() })) });

/** The Bot Connector's REST API. Everything the bot sends goes through here, within Teams' limits. */
export class Connector {
  private readonly parts: { http: Http; limits: Limits; authorization: () => Promise<string | undefined>; serviceHosts: readonly string[]; metrics: Metrics; tracing: Tracing };

  /** `authorization`: the header of a request; undefined where nothing is authenticated. `serviceHosts`: see `isService`; others never see it. */
  constructor(parts: Connector['parts']) {
    this.parts = parts;
  }

  /** Sends a new activity, by one request and no second try: what was done and lost its answer is never done twice. The value is its id, empty when the channel gives none. */
  post(at: At, activity: Partial<Activity>): Promise<Outcome<string>> {
    const { replyToId } = activity;
    return this.send(at, 'POST', replyToId === undefined ? '/activities' : `/activities/${inUrl(replyToId)}`, activity, (answer) => Created.safeParse(answer).data?.id ?? '');
  }

  /** Changes an activity, by one request. Doing it twice is doing it once, so a lost answer is worth another try. */
  async update(at: At, id: string, activity: Partial<Activity>): Promise<Outcome<undefined>> {
    return orAgain(await this.send(at, 'PUT', `/activities/${inUrl(id)}`, { ...activity, id }, none));
  }

  async remove(at: At, id: string): Promise<Outcome<undefined>> {
    return orAgain(await this.send(at, 'DELETE', `/activities/${inUrl(id)}`, undefined, none));
  }

  /** Sends a new activity, and tries again what was not done while a turn lasts. */
  deliver(at: At, activity: Partial<Activity>): Promise<Outcome<string>> {
    return tryAgain(() => this.post(at, activity), TURN_MS);
  }

  /** Changes an activity, and tries again while a turn lasts. */
  replace(at: At, id: string, activity: Partial<Activity>): Promise<Outcome<undefined>> {
    return tryAgain(() => this.update(at, id, activity), TURN_MS);
  }

  /** A member of a team or conversation, by the id the channel gave. Refused when there is none of that id. */
  member(at: At, id: string): Promise<Outcome<Account>> {
    return this.ask(at, `/members/${inUrl(id)}`, (answer) => Account.parse(answer));
  }

  /** The members of a team or conversation, page by page, up to 5,000. */
  async members(at: At): Promise<Outcome<Account[]>> {
    const members: Account[] = [];
    let token: string | undefined;
    for (let pages = 0; pages < PAGES; pages += 1) {
      const query = token === undefined ? '' : `&continuationToken=${inUrl(token)}`;
      const page = await this.ask(at, `/pagedmembers?pageSize=500${query}`, (answer) => Page.parse(answer));
      if (page.kind !== 'done') return members.length > 0 ? { kind: 'done', value: members } : page;
      members.push(...page.value.members);
      token = page.value.continuationToken ?? undefined;
      if (token === undefined) break;
    }
    return { kind: 'done', value: members };
  }

  /** Whether a conversation answers. */
  async isThere(at: At): Promise<boolean> {
    return (await this.ask(at, '/pagedmembers?pageSize=50', (answer) => Page.parse(answer))).kind === 'done';
  }

  /** The names of a team's channels by their conversation ids; that of the first channel is not told. */
  channels(at: At): Promise<Outcome<Map<string, string>>> {
    return this.ask(at, '/conversations', (answer) => new Map(Channels.parse(answer).conversations.flatMap(({ id, name }) => (name ? [[id, name]] : []))), 'teams');
  }

  private async ask<T>(at: At, path: string, read: (answer: unknown) => T, kind?: 'teams'): Promise<Outcome<T>> {
    return orAgain(await this.request(at, 'GET', path, undefined, read, ROSTER_MS, kind));
  }

  private async send<T>(at: At, method: 'POST' | 'PUT' | 'DELETE', path: string, body: object | undefined, read: (answer: unknown) => T): Promise<Outcome<T>> {
    // Teams' limits are of Teams: a channel on this machine has none.
    if (!isOnThisMachine(at.serviceUrl)) {
      const isInTime = await this.parts.limits.wait(at.conversationId, TIMEOUT_MS);
      if (!isInTime) return { kind: 'again', afterMs: TIMEOUT_MS };
    }
    return this.request(at, method, path, body, read, TIMEOUT_MS);
  }

  private async request<T>({ serviceUrl, conversationId }: At, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body: object | undefined, read: (answer: unknown) => T, timeoutMs: number, kind = 'conversations'): Promise<Outcome<T>> {
    if (!isService(this.parts.serviceHosts, serviceUrl)) return { kind: 'refused', status: 403 };
    let authorization: string | undefined;
    try {
      authorization = await this.parts.authorization();
    } catch {
      // Without a token nothing leaves this machine.
      return { kind: 'again' };
    }
    const url = `${serviceUrl.replace(/\/$/, '')}/v3/${kind}/${inUrl(conversationId)}${path}`;
    const outcome = await this.parts.tracing.span('send', { method, kind }, () => this.parts.http.call({ method, url, authorization, body, timeoutMs }, read));
    this.parts.metrics.sent(method, outcome.kind);
    return outcome;
  }
}

/** Half of a surrogate pair has no place in a URL, and would be an error of the bot's: no id has one, so the channel says that there is none. */
function inUrl(id: string): string {
  return encodeURIComponent(id.toWellFormed());
}

function none(): undefined {
  return undefined;
}

function orAgain<T>(outcome: Outcome<T>): Outcome<T> {
  return outcome.kind === 'unknown' ? { kind: 'again', ...(outcome.status === undefined ? {} : { status: outcome.status }) } : outcome;
}
