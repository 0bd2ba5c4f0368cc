import { Agent, request } from 'undici';

/**
 * What became of one request. `again`: it was not done, and may be tried again, after so many milliseconds if the other side
 * says so. `refused`: it will not be done. `unknown`: nobody knows whether it was done, because the answer was lost, or a
 * gateway (`status`) lost it.
 */
export type Outcome<T> = { kind: 'done'; value: T } | { kind: 'again'; afterMs?: number; status?: number } | { kind: 'refused'; status: number } | { kind: 'unknown'; status?: number };

export interface HttpCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  /** The Authorization header. */
  authorization: string | undefined;
  /** Sent as JSON. */
  body?: object | undefined;
  /** For all of it, the answer's body included. */
  timeoutMs: number;
}

const LARGEST_ANSWER = 4 * 1024 * 1024;

/** JSON over kept-alive connections; each call is one request and no second try. */
export class Http {
  private readonly agent = new Agent({ connectTimeout: 5_000, maxResponseSize: LARGEST_ANSWER });

  /** `read` takes what came back, parsed; undefined where that was no JSON. */
  async call<T>({ method, url, authorization, body, timeoutMs }: HttpCall, read: (answer: unknown) => T): Promise<Outcome<T>> {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), timeoutMs);
    try {
      const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
      const { statusCode, headers: answered, body: content } = await request(url, { method, headers, dispatcher: this.agent, signal: over.signal, ...(body ? { body: JSON.stringify(body) } : {}) });
      if (statusCode >= 200 && statusCode < 300) return { kind: 'done', value: read(parsed(await content.text())) };
      await content.dump();
      return failed(statusCode, answered['retry-after']);
    } catch (error) {
      return wasNeverSent(error) ? { kind: 'again' } : { kind: 'unknown' };
    } finally {
      clearTimeout(timer);
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}

function failed(status: number, retryAfter: string | string[] | undefined): Outcome<never> {
  // A gateway that got no answer in time does not know either.
  if (status === 408 || status === 504) return { kind: 'unknown', status };
  return status === 412 || status === 429 || status >= 500 ? { kind: 'again', status, ...after(retryAfter) } : { kind: 'refused', status };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const NEVER_SENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED']);

/** No connection: then nothing left this machine. */
function wasNeverSent(error: unknown): boolean {
  return NEVER_SENT.has((error as { code?: string }).code ?? '');
}

const LONGEST_WAIT_MS = 600_000;

/** Retry-After (RFC 9110, 10.2.3): seconds or a date; at most ten minutes. */
function after(header: string | string[] | undefined): { afterMs?: number } {
  if (typeof header !== 'string') return {};
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) && ms >= 0 ? { afterMs: Math.min(ms, LONGEST_WAIT_MS) } : {};
}
