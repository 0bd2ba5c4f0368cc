import type { House } from '../house.ts';
import type { Outcome } from '../teams/http.ts';
import type { Told } from './outgoing.ts';

/** Sends what telling an event means; one request, and what became of it. */
export async function send(house: House, what: Told): Promise<Outcome<string | undefined>> {
  switch (what.kind) {
    case 'post':
      return house.connector.post(what.at, what.activity);
    case 'update':
      return house.connector.update(what.at, what.id, what.activity);
    case 'remove': {
      const outcome = await house.connector.remove(what.at, what.id);
      // What is gone is gone.
      return outcome.kind === 'refused' ? { kind: 'done', value: undefined } : outcome;
    }
    case 'webhook':
      return house.webhook ? house.webhook(what.event) : { kind: 'done', value: undefined };
  }
}
