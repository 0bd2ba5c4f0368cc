import type { Lookup } from '../ports.ts';
import { isConsumerDomain } from './consumerDomains.ts';

/** What a look came to: a finding, and what there is to say besides it. */
export interface Found {
  finding: string;
  detail: string;
}

/** The admin centers of the government clouds (facts 13, 14), by the host of their sign-in service. */
const GOVERNMENT: Record<string, { finding: string; detail: string }> = {
  'microsoftonline.us': { finding: 'gcchigh', detail: 'portal.office365.us/adminportal/home' },
  'microsoftonline.mil': { finding: 'dod', detail: 'portal.apps.mil/adminportal/home' },
};

/**
 * What kind of account a sign-in ID is (facts 17, 43, 50-52), the surest first: what the ID itself shows, whether it is the
 * one known from before, then what Microsoft's public sign-in service tells. Undefined when that tells nothing.
 */
export async function lookAtSignInId(lookup: Lookup, signInId: string, earlierId: string | undefined): Promise<Found | undefined> {
  const domain = signInId.slice(signInId.lastIndexOf('@') + 1);
  if (isConsumerDomain(domain)) return { finding: 'consumer', detail: '' };
  if (earlierId !== undefined && earlierId !== signInId) return { finding: 'other', detail: '' };
  if (/\.onmicrosoft\.(?:com|us)$/.test(domain)) return { finding: 'onmicrosoft', detail: '' };
  const realm = await lookup.realm(signInId);
  if (!realm) return undefined;
  if (realm.namespace === 'Unknown') return { finding: 'unknown', detail: '' };
  if (realm.isViral) return { finding: 'viral', detail: '' };
  return GOVERNMENT[realm.cloud] ?? { finding: 'managed', detail: '' };
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
