import type { Server as HttpServer } from 'node:http';
import type { Server } from 'restify';

/** What a connection may take, in milliseconds, and how many headers. */
export interface HttpLimits {
  /** Until all headers are there. */
  headersMs: number;
  /** Until the whole request is there. */
  requestMs: number;
  /** That an idle connection is kept: longer than a balancer keeps its own, so that it never sends into a closing one. */
  idleMs: number;
  mostHeaders: number;
  /** How often it is looked who is over the time. */
  lookMs: number;
}

export const HTTP_LIMITS: HttpLimits = { headersMs: 10_000, requestMs: 15_000, idleMs: 65_000, mostHeaders: 100, lookMs: 1_000 };

/** Whoever sends slowly, or never ends, is cut off. Before the server listens: it takes how often to look from there. */
export function harden(server: Server, { headersMs, requestMs, idleMs, mostHeaders, lookMs }: HttpLimits = HTTP_LIMITS): void {
  const { server: http } = server as unknown as { server: HttpServer & { connectionsCheckingInterval: number } };
  http.headersTimeout = headersMs;
  http.requestTimeout = requestMs;
  http.keepAliveTimeout = idleMs;
  http.maxHeadersCount = mostHeaders;
  http.connectionsCheckingInterval = lookMs;
}

/** How deep JSON may be nested: cards and conversation references stay below 20. */
const DEEPEST = 50;

/** Whether JSON is nested deeper than anything that is meant. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (depth >= DEEPEST) return true;
  for (const child of Object.values(value)) if (isTooDeep(child, depth + 1)) return true;
  return false;
}
