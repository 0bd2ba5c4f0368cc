import { datetimeRegex, z } from 'zod';

/** Entra tenant id, lower case. Local test tenants are not always well-formed GUIDs, so only the characters are checked. */
export const TenantId = z.string().trim().toLowerCase().regex(/^[0-9a-f-]{8,64}$/);

/** Stands where a channel names no tenant, which only a bot without authentication serves. */
export const NO_TENANT = '00000000-0000-0000-0000-000000000000';

/** Entra object id of a person, lower case. */
export const ObjectId = z.string().trim().toLowerCase().regex(/^[0-9a-z-]{8,64}$/);

/** Our own id of a person: it stays when the mail or the Entra object id changes, and says nothing about the person. */
export const PersonId = z.string().regex(/^p-[0-9a-z-]{8,64}$/);

/** A request’s number, to be read aloud: see `Ids.request`. */
export const RequestId = z.string().regex(/^R-[0-9A-Z]{6,12}$/);
/** A ticket’s number, of the same letters. */
export const TicketId = z.string().regex(/^T-[0-9A-Z]{6,12}$/);
/** A GUID. */
export const AssignmentId = z.string().uuid();

/**
 * A sign-in mail (user principal name), lower case. Wider than a mail address: a guest's is
 * `dan_contoso.com#EXT#@tenant.onmicrosoft.com`. ASCII, as Entra ID's are: a letter of another script may look like one.
 */
export const Mail = z
  .string()
  .max(300)
  .transform((typed) => typed.normalize('NFKC').trim().toLowerCase())
  .pipe(z.string().max(254).regex(/^[!-~]+$/).regex(/^[^@<>()[\],;:"\\]+@[^@<>()[\],;:"\\]+\.[^@<>()[\],;:"\\]+$/));

/** Strips what people put into a typed id: full width, spaces, hyphens of every kind, lower case (house.md, "What the data is"). */
export function normaliseContractId(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s\p{Pd}\u30FC\u2212]/gu, '').toUpperCase();
}

/**
 * What Microsoft calls contract ID (License ID, agreement or enrollment number), normalised.
 * Letters and digits only, which is what Microsoft's numbers consist of.
 */
export const ContractId = z.string().max(100).transform(normaliseContractId).pipe(z.string().regex(/^[0-9A-Z]{4,24}$/));

/** An instant: ISO 8601 in UTC with milliseconds. Not `datetime()`, which makes its expression anew at every look. */
export const Instant = z.string().regex(datetimeRegex({ precision: null }), 'no instant');

/** A calendar day without a time zone, YYYY-MM-DD. */
export const Day = z.string().date();
