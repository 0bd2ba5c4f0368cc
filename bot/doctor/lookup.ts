import { Resolver } from 'node:dns/promises';
import { z } from 'zod';
import type { Lookup, Realm } from '../../data/ports.ts';
import type { Log } from '../log.ts';
import { reasonOf } from '../teams/directory.ts';
import { withinTime } from '../withinTime.ts';

/** Nobody waits longer; each look is tried twice. */
const TIMEOUT_MS = 3_000;
const TRIES = 2;
/** One of several DNS servers: the others are not to wait for it in vain. */
const SERVER_MS = 2_500;
/** More than any answer of that service has. */
const MOST_BYTES = 100_000;

export interface LookupSettings {
  /** Host of Microsoft's sign-in service, as a URL. */
  signInHost: string;
  /** Addresses of DNS servers; empty: the system's. */
  dnsServers: readonly string[];
}

/** `GET {host}/common/userrealm/{id}?api-version=2.1`, as the sign-in pages themselves ask. */
const UserRealm = z.object({
  NameSpaceType: z.enum(['Managed', 'Federated', 'Unknown']),
  IsViral: z.boolean().optional(),
  cloud_instance_name: z.string().optional(),
});

/** Looks over the network. The hosts are settings; what people typed is a path segment or a DNS name, never an address. */
export function createLookup({ signInHost, dnsServers }: LookupSettings, log: Log): Lookup {
  const look = async <T>(what: string, once: () => Promise<T>): Promise<T | undefined> => {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      try {
        return await withinTime(once(), TIMEOUT_MS);
      } catch (error) {
        log.warn({ what, tries, reason: reasonOf(error) }, 'a look came to nothing');
      }
    }
    return undefined;
  };
  return {
    realm: (signInId) => look('realm', () => realmOf(signInHost, signInId)),
    textRecords: (domain) => look('textRecords', () => recordsOf(dnsServers, domain)),
  };
}

/** Nothing is looked up. */
export const noLookup: Lookup = { realm: async () => undefined, textRecords: async () => undefined };

async function realmOf(host: string, signInId: string): Promise<Realm> {
  const url = new URL(`/common/userrealm/${encodeURIComponent(signInId)}?api-version=2.1`, host);
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS), headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const told = UserRealm.parse(JSON.parse(await limited(response)));
  return { namespace: told.NameSpaceType, isViral: told.IsViral ?? false, cloud: (told.cloud_instance_name ?? '').toLowerCase() };
}

async function limited(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > MOST_BYTES) throw new Error('too long');
  }
  return text;
}

/** Each server is asked for itself: a new record is seen by one before it is seen by another. Throws when none answered. */
async function recordsOf(servers: readonly string[], domain: string): Promise<string[][] | 'noDomain'> {
  const asked = await Promise.allSettled((servers.length > 0 ? servers : new Resolver().getServers()).map((server) => recordsAt(server, domain)));
  const answered = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const [failed] = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
  if (answered.length === 0) throw failed ?? new Error('there is no DNS server');
  return answered.every((one) => one === 'noDomain') ? 'noDomain' : answered.map((one) => (one === 'noDomain' ? [] : one));
}

async function recordsAt(server: string, domain: string): Promise<string[] | 'noDomain'> {
  const resolver = new Resolver({ timeout: SERVER_MS, tries: 1 });
  resolver.setServers([server]);
  try {
    return (await withinTime(resolver.resolveTxt(domain), SERVER_MS)).map((chunks) => chunks.join(''));
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOTFOUND') return 'noDomain';
    if (code === 'ENODATA') return [];
    throw error;
  }
}
