import type { Erasure } from '../data/operations/erasePerson.ts';
import type { Holds } from '../data/privacy/holds.ts';

// What the command line says about an erasure.

/** What an erasure does, in a sentence. */
export function sayErasure({ changed, removed, pictures }: Erasure, drafts: number): string {
  const parts = [
    ...Object.entries(changed).map(([kind, count]) => `${count} ${kind} changed`),
    ...(drafts === 0 ? [] : [`${drafts} drafts changed`]),
    ...Object.entries(removed).map(([kind, count]) => `${count} ${kind} removed`),
    ...(pictures === 0 ? [] : [`${pictures} pictures removed`]),
  ];
  return parts.length === 0 ? 'nothing.' : `${parts.join(', ')}.`;
}

/** What has to be done before somebody is erased, a sentence each. */
export function sayHolds({ roles, soleAdministrator, leftovers, requests, tickets }: Holds): string[] {
  const sole = soleAdministrator.length === 0 ? '' : `, and is the only administrator of ${some(soleAdministrator)}`;
  return [
    ...(roles.length === 0 ? [] : [`The person still holds roles on ${some(roles)}${sole}. An administrator removes them: “leaver” in the chat does it on all contracts.`]),
    ...(leftovers.length === 0 ? [] : [`Roles of the person are still to be removed in Microsoft’s portal, on ${some(leftovers)}: nobody could find the person there afterwards. “to do” in the chat shows them.`]),
    ...(requests.length === 0 ? [] : [`Requests by the person or for the person still wait: ${some(requests)}. Withdraw or decide them.`]),
    ...(tickets.length === 0 ? [] : [`Talks of the person with the help desk are not over: ${some(tickets)}. Close them, or give them to a colleague.`]),
  ];
}

const SHOWN = 10;

function some(ids: readonly string[]): string {
  const more = ids.length - SHOWN;
  return `${ids.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
