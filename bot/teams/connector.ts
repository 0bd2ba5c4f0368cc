import type { Activity } from 'botbuilder';
import { z } from 'zod';

/** Nobody waits longer for the Bot Connector. */
const TIMEOUT_MS = 10_000;

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

const Created = z.object({ id: z.string().min(1) });

const Account = z.object({ id: z.string(), name: z.string().nullish(), aadObjectId: z.string().nullish(), objectId: z.string().nullish(), userPrincipalName: z.string().nullish() });
const Page = z.object({ members: z.array(Account), continuationToken: z.string().nullish() });
export type Account = z.infer<typeof Account>;

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

  /** Sends a new activity; the value is its id. */
  post(at: At, activity: Partial<Activity>): Promise<Outcome<string>> {
    return this.request(at, 'POST', '/activities', activity, async (response) => Created.parse(await response.json()).id);
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
    return orAgain(await this.request(at, 'GET', `/members/${encodeURIComponent(id)}`, undefined, async (response) => Account.parse(await response.json())));
  }

  /** The members of a team or conversation, as many as fit on one page of the channel. */
  async members(at: At): Promise<Outcome<Account[]>> {
    return orAgain(await this.request(at, 'GET', '/pagedmembers?pageSize=200', undefined, async (response) => Page.parse(await response.json()).members));
  }

  private async request<T>({ serviceUrl, conversationId }: At, method: string, path: string, body: object | undefined, read: (response: Response) => Promise<T>): Promise<Outcome<T>> {
    let response: Response;
    try {
      const authorization = await this.authorization(serviceUrl);
      response = await fetch(`${serviceUrl.replace(/\/$/, '')}/v3/conversations/${encodeURIComponent(conversationId)}${path}`, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
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
