import type { Activity } from 'botbuilder';
import type { At } from '../teams/connector.ts';
import type { WebhookEvent } from './webhook.ts';

/** What telling a follower an event means. `isThread`: the message begins the ticket's thread, in which the event is told then. */
export type Told =
  | { kind: 'post'; at: At; activity: Partial<Activity>; isThread?: boolean }
  | { kind: 'update'; at: At; id: string; activity: Partial<Activity> }
  | { kind: 'remove'; at: At; id: string }
  | { kind: 'webhook'; event: WebhookEvent };
