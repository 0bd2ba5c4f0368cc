/** Stands in the place of words that were erased. */
export const ERASED = '[erased]';

/** A name for somebody who was erased, made of our own id, which says nothing about the person: eight characters to be read aloud. */
export function shortOf(personId: string): string {
  return personId.replace(/^p-/, '').slice(0, 8).toUpperCase();
}

/** Stands in the place of everything that tells who somebody was; always the same for the same person. Without a person: of a mail that is merely mentioned. */
export function pseudonymOf(personId: string | undefined): string {
  return personId === undefined ? 'erased' : `erased-${personId.replace(/^p-/, '')}`;
}

/** A pseudonym as a mail, of a domain that no mail ever reaches (RFC 2606). */
export function mailOf(pseudonym: string): string {
  return `${pseudonym}@erased.invalid`;
}
