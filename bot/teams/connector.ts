import type { Activity } from 'botbuilder';
import { z } from 'zod';

/** Nobody waits longer for the Bot Connector; whoever pressed a button waits 5 s in all. */
const TIMEOUT_MS = 10_000;
const ROSTER_MS = 3_000;
/** Pages of a roster. */
const PAGES = 10;

/**
 * What became of one request. `again`: it was not done, and may be tried again, after so many milliseconds if the channel
 * says so. `refused`: it will not be done. `unknown`: nobody knows whether it was done, because the answer was lost.
 */
export type Outcome<T> = { kind: 'done'; value: T } | { kind: 'again'; afterMs?: number } | { kind: 'refused'; status: number } | { kind: 'unknown' };

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

/**
 * The Bot Connector's REST API, one request a call and no second try: the SDK's client tries again by itself where it got no
 * answer, and what was done all the same is then done twice.
 */
export class Connector {
  private readonly authorization: (serviceUrl: string) => Promise<string | undefined>;

  /** `authorization`: the header of a request to that service; undefined where nothing is authenticated. */
  constructor(authorization: Connector['authorization']) {
    this.authorization = authorization;
  }

  /** Sends a new activity; the value is its id, empty when the channel gives none. */
  post(at: At, activity: Partial<Activity>): Promise<Outcome<string>> {
    return this.request(at, 'POST', '/activities', activity, async (response) => Created.safeParse(await response.json().catch(() => ({}))).data?.id ?? '');
  }

  /** Changes an activity. Doing it twice is doing it once, so a lost answer is worth another try. */
  async update(at: At, id: string, activity: Partial<Activity>): Promise<Outcome<undefined>> {
    return orAgain(await this.request(at, 'PUT', `/activities/${encodeURIComponent(id)}`, { ...activity, id }, none));
  }

  async remove(at: At, id: string): Promise<Outcome<undefined>> {
    return orAgain(await this.request(at, 'DELETE', `/activities/${encodeURIComponent(id)}`, undefined, none));
  }

  /** A member of a team or conversation, by the id the channel gave. Refused when there is none of that id. */
  async member(at: At, id: string): Promise<Outcome<Account>> {
    return orAgain(await this.request(at, 'GET', `/members/${encodeURIComponent(id)}`, undefined, async (response) => Account.parse(await response.json()), ROSTER_MS));
  }

  /** The members of a team or conversation, page by page, up to 5,000. */
  async members(at: At): Promise<Outcome<Account[]>> {
    const members: Account[] = [];
    let token: string | undefined;
    for (let pages = 0; pages < PAGES; pages += 1) {
      const query = token === undefined ? '' : `&continuationToken=${encodeURIComponent(token)}`;
      const page = orAgain(await this.request(at, 'GET', `/pagedmembers?pageSize=500${query}`, undefined, async (response) => Page.parse(await response.json()), ROSTER_MS));
      if (page.kind !== 'done') return members.length > 0 ? { kind: 'done', value: members } : page;
      members.push(...page.value.members);
      token = page.value.continuationToken ?? undefined;
      if (token === undefined) break;
    }
    return { kind: 'done', value: members };
  }

  /** The names of a team's channels by their conversation ids; that of the first channel is not told. */
  async channels({ serviceUrl, conversationId }: At): Promise<Outcome<Map<string, string>>> {
    return orAgain(await this.request({ serviceUrl, conversationId, kind: 'teams' }, 'GET', '/conversations', undefined, async (response) => new Map(Channels.parse(await response.json()).conversations.flatMap(({ id, name }) => (name ? [[id, name]] : []))), ROSTER_MS));
  }

  private async request<T>({ serviceUrl, conversationId, kind = 'conversations' }: At & { kind?: 'conversations' | 'teams' }, method: string, path: string, body: object | undefined, read: (response: Response) => Promise<T>, timeoutMs = TIMEOUT_MS): Promise<Outcome<T>> {
    let response: Response;
    try {
      const authorization = await this.authorization(serviceUrl);
      response = await fetch(`${serviceUrl.replace(/\/$/, '')}/v3/${kind}/${encodeURIComponent(conversationId)}${path}`, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    } catch (error) {
      return wasNeverSent(error) ? { kind: 'again' } : { kind: 'unknown' };
    }
    const { status } = response;
    if (!response.ok) {
      await response.body?.cancel();
      // A gateway that got no answer in time does not know either.
      if (status === 408 || status === 504) return { kind: 'unknown' };
      return status === 412 || status === 429 || status >= 500 ? { kind: 'again', ...after(response) } : { kind: 'refused', status };
    }
    try {
      return { kind: 'done', value: await read(response) };
    } catch {
      return { kind: 'unknown' };
    }
  }
}

async function none(response: Response): Promise<undefined> {
  await response.body?.cancel();
}

function orAgain<T>(outcome: Outcome<T>): Outcome<T> {
  return outcome.kind === 'unknown' ? { kind: 'again' } : outcome;
}

const NEVER_SENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED']);

/** No connection, or no token: then nothing left this machine. */
function wasNeverSent(error: unknown): boolean {
  const { name, code, cause } = error as { name?: string; code?: string; cause?: { code?: string } };
  return NEVER_SENT.has(cause?.code ?? '') || name === 'AuthenticationError' || code === 'NO_TOKEN';
}

/** Retry-After in seconds, at most ten minutes. */
function after(response: Response): { afterMs?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { afterMs: Math.min(seconds, 600) * 1000 } : {};
}
