import type { Lookup } from '../ports.ts';
import { isConsumerDomain } from './consumerDomains.ts';

/** What a look came to: a finding, and what there is to say besides it. */
export interface Found {
  finding: string;
  detail: string;
}

/** GCC High and DoD share the host of their sign-in service, so it does not tell which of the two. */
const GOVERNMENT = /^microsoftonline\.(?:us|mil)$/;
/** The admin center of the public cloud and GCC (fact 15). */
const PUBLIC_PORTAL = 'admin.microsoft.com';

/**
 * What kind of account a sign-in ID is (facts 17, 43, 50-52), the surest first: what the ID itself shows, whether it is the
 * one known from before, then what Microsoft's public sign-in service tells. Undefined when that tells nothing.
 */
export async function lookAtSignInId(lookup: Lookup, signInId: string, earlierId: string | undefined): Promise<Found | undefined> {
  const domain = signInId.slice(signInId.lastIndexOf('@') + 1);
  if (isConsumerDomain(domain)) return { finding: 'consumer', detail: '' };
  if (earlierId !== undefined && earlierId !== signInId) return { finding: 'other', detail: '' };
  if (domain.endsWith('.onmicrosoft.us')) return { finding: 'government', detail: '' };
  if (domain.endsWith('.onmicrosoft.com')) return { finding: 'onmicrosoft', detail: PUBLIC_PORTAL };
  const realm = await lookup.realm(signInId);
  if (!realm) return undefined;
  if (realm.namespace === 'Unknown') return { finding: 'unknown', detail: '' };
  if (realm.isViral) return { finding: 'viral', detail: '' };
  return GOVERNMENT.test(realm.cloud) ? { finding: 'government', detail: '' } : { finding: 'managed', detail: PUBLIC_PORTAL };
}

/** Whether the directory of a domain is self-service still (facts 51, 53-56). Any name at that domain tells. */
export async function lookAtDirectory(lookup: Lookup, domain: string): Promise<Found | undefined> {
  const realm = await lookup.realm(`postmaster@${domain}`);
  if (!realm) return undefined;
  if (realm.namespace === 'Unknown') return { finding: 'unknown', detail: '' };
  return { finding: realm.isViral ? 'viral' : 'managed', detail: '' };
}

/** Whether the record that proves a domain (`MS=ms…`) can be seen from here (fact 55). */
export async function lookAtTextRecord(lookup: Lookup, domain: string): Promise<Found | undefined> {
  const records = await lookup.textRecords(domain);
  if (records === undefined) return undefined;
  if (records === 'noDomain') return { finding: 'no-domain', detail: '' };
  const seen = records.map((ofOne) => ofOne.map((record) => record.trim()).find((record) => /^ms=ms\d+$/i.test(record)));
  const record = seen.find((one) => one !== undefined);
  if (record === undefined) return { finding: 'absent', detail: '' };
  // The value proves the domain: it is shown by its beginning only.
  return { finding: seen.includes(undefined) ? 'not-everywhere' : 'there', detail: `${record.slice(0, 7)}…` };
}
