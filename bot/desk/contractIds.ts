import type { Ticket } from '../../data/model/ticket.ts';

/** `1234 5678` -> `…5678`. */
export function lastFour(contractId: string): string {
  return contractId.length > 4 ? `…${contractId.slice(-4)}` : contractId;
}

/** An ID as people type it: with blanks and hyphens between. It has letters and digits only. */
function anyShape(id: string): RegExp {
  return new RegExp(Array.from(id.replaceAll(/[^0-9A-Z]/g, '')).join(String.raw`[\s\p{Pd}ー－]{0,2}`), 'giu');
}

/** A text without the contract IDs that the ticket knows of, in any width, but for their last four characters. */
export function withoutContracts(text: string, { briefing }: Pick<Ticket, 'briefing'>): string {
  const known = [...new Set([...briefing.contracts, briefing.values['contractId'] ?? ''])].filter((id) => id.length > 4);
  const normal = text.normalize('NFKC');
  const masked = known.reduce((rest, id) => rest.replaceAll(anyShape(id), lastFour(id)), normal);
  return masked === normal ? text : masked;
}
