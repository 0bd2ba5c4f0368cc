import type { TurnContext } from 'botbuilder';
import type { Knowledge } from '../data/knowledge/load.ts';
import type { Search } from '../data/knowledge/search.ts';
import type { Copy } from '../data/operations/settleNotices.ts';
import type { DeskPolicy } from '../data/model/deskPolicy.ts';
import type { TicketKey } from '../data/operations/changeTicket.ts';
import type { Deps } from '../data/operations/deps.ts';
import type { ChatStore, GapStore, HelpDeskStore, Lookup, Provisioner, RatingStore, TicketStore, Work } from '../data/ports.ts';
import type { SupportLine } from '../data/support/lines.ts';
import type { Guides } from '../dialogs/guide.load.ts';
import type { Background } from './background.ts';
import type { Pictures } from './desk/pictures.ts';
import type { Webhook } from './desk/webhook.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Pace } from './pace.ts';
import type { Tracing } from './tracing.ts';
import type { Connector } from './teams/connector.ts';
import type { NewsRetries } from './newsRetries.ts';
import type { Reply } from './reply.ts';
import type { FileHosts } from './teams/files.ts';
import type { CardReply } from './teams/notifier.ts';
import type { Writer } from './writer/writer.ts';

/** Everything a turn may need, made once at the start. */
export interface House extends Deps {
  chats: ChatStore;
  ratings: RatingStore;
  gaps: GapStore;
  helpDesks: HelpDeskStore;
  tickets: TicketStore;
  work: Work;
  deskPolicy: DeskPolicy;
  /** Sends one request to the channel, and says what became of it. */
  connector: Connector;
  /** The Authorization header of a request to the channel. */
  authorization(): Promise<string | undefined>;
  /** Tells a system elsewhere; undefined: there is none. */
  webhook: Webhook | undefined;
  /** Whether the help desk of a tenant works elsewhere, or there too. */
  elsewhereFor(tenantId: string): boolean;
  /** Undefined: larger images are not carried. */
  pictures: Pictures | undefined;
  /** Where drafts of answers are written. */
  draftsDir: string;
  /** Tells everybody concerned what is new in a ticket, after the turn; `changed`: how it stands changed too. */
  follow(ticket: TicketKey, changed?: boolean): void;
  /** Sign-in mails of those who run the bot. */
  operators: ReadonlySet<string>;
  knowledge: Knowledge;
  search: Search;
  guides: Guides;
  /** Looks at what anybody may look at; finds nothing when it is switched off. */
  lookup: Lookup;
  /** False: looking is switched off. */
  canLook: boolean;
  supportLines: readonly SupportLine[];
  /** Undefined: there is no language model. */
  writer: Writer | undefined;
  /** Undefined: everything is entered in the portal by hand. */
  provisioner: Provisioner | undefined;
  /** Where files are read from and written to. */
  files: FileHosts;
  /** When to try again what people were to be told. */
  newsRetries: NewsRetries;
  background: Background;
  metrics: Metrics;
  tracing: Tracing;
  /** How fast people may be. */
  pace: Pace;
  log: Log;
  allowedTenants: string[];
  /** Brings every card about a contract's requests up to date, after the turn; `copy` is one that is not known yet. */
  settle(tenantId: string, contractId: string, copy?: Copy): void;
  /** Tries again, after the turn, what did not reach this person. */
  reach(personId: string): void;
  /** Says something in the conversation of a turn, after it. */
  say(turn: { conversation: Record<string, unknown>; conversationId: string }, replies: Reply[]): void;
  /** Says something in a conversation now; false when it could not be sent. */
  tell(turn: { conversation: Record<string, unknown>; conversationId: string }, replies: Reply[]): Promise<boolean>;
  /** Does something as a turn of its own in the conversation of a turn that is over, one after the other with its turns. */
  inTurn(turn: { conversation: Record<string, unknown> }, work: (context: TurnContext) => Promise<void>): Promise<void>;
  /** Draws another card over the one at `activityId` of this conversation, after the turn. */
  redraw(turn: { conversation: Record<string, unknown>; conversationId: string }, activityId: string, reply: CardReply): void;
}
