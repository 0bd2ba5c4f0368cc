import { join } from 'node:path';
import type { Activity, InvokeResponse } from 'botbuilder';
import type { TurnState } from '@microsoft/teams-ai';
import { Application } from '@microsoft/teams-ai';
import { NO_TENANT } from '../data/model/ids.ts';
import type { Clock, Ids, Lookup, Provisioner } from '../data/ports.ts';
import type { Search } from '../data/knowledge/search.ts';
import type { Knowledge } from '../data/knowledge/load.ts';
import type { Store } from '../data/store/store.ts';
import type { SupportLine } from '../data/support/lines.ts';
import type { Guides } from '../dialogs/guide.load.ts';
import { connectBySetting } from '../data/operations/connectHelpDesk.ts';
import { createPictures } from './desk/pictures.ts';
import type { DeskSettings } from './desk/settings.ts';
import { Following } from './desk/follow.ts';
import { waitingNow } from './desk/waiting.ts';
import { createWebhook } from './desk/webhook.ts';
import { createLookup, noLookup } from './doctor/lookup.ts';
import { answering } from './answering.ts';
import { Background } from './background.ts';
import type { Settings } from './config.ts';
import type { House } from './house.ts';
import { Keeping } from './keeping.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { Pace } from './pace.ts';
import { Readiness } from './readiness.ts';
import { Receiving } from './receiving.ts';
import { NewsRetries } from './newsRetries.ts';
import { onAction } from './routes/action.ts';
import { onConsent } from './routes/files.ts';
import { onEdited } from './routes/edited.ts';
import { onHandoffStatus } from './routes/handoff.ts';
import { isInstall, onInstall } from './routes/install.ts';
import { isOverheard, onMessage, typedIn } from './routes/message.ts';
import { BillingRoles } from './provisioner/billingRoles.ts';
import { send } from './send.ts';
import { everybody, nobody, Settling } from './settling.ts';
import { Time } from './time.ts';
import type { Tracing } from './tracing.ts';
import { noTracing } from './tracing.ts';
import { Adapter } from './teams/adapter.ts';
import { reasonOf } from './teams/directory.ts';
import { BotToken } from './teams/botToken.ts';
import { Http } from './teams/http.ts';
import { Incoming } from './teams/incoming.ts';
import { Limits } from './teams/limits.ts';
import { Connector } from './teams/connector.ts';
import { TeamsNotifier } from './teams/notifier.ts';
import { createWriter } from './writer/writer.ts';

export interface Parts {
  settings: Settings;
  store: Store;
  knowledge: Knowledge;
  search: Search;
  guides: Guides;
  supportLines: readonly SupportLine[];
  /** Looks of its own, in tests. */
  lookup?: Lookup;
  /** Enters roles of its own, in tests. */
  provisioner?: Provisioner;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** None by default. */
  tracing?: Tracing;
}

export interface Bot {
  adapter: Adapter;
  /** Runs the turn of an activity that came in; see `Receiving`. */
  receive(authorization: string, activity: Activity): Promise<InvokeResponse | undefined>;
  /** Sends what a process before this one could not send any more, and tries again what did not arrive. */
  catchUp(): Promise<void>;
  /** Does what it is time for: asks again, reminds, lets requests expire and roles end. */
  tick(): void;
  /** Begins nothing more; what is under way goes on. */
  stop(): void;
  /** Ends all connections to the channel. */
  close(): Promise<void>;
  house: House;
  /** The key of the help desk's HTTP API, and whose it is. */
  deskApi: Pick<DeskSettings, 'apiKey' | 'tenantId'>;
  readiness: Readiness;
  /** Undefined: only this machine sees the metrics. */
  metricsToken: string | undefined;
}

/** Puts the bot together; this is the order of everything. Nothing is listened to and nothing sent yet. */
export function createBot(parts: Parts): Bot {
  const { settings, store, log, clock } = parts;
  const token = new BotToken(settings.signIn);
  const authorization = (): Promise<string | undefined> => token.header();
  const http = new Http();
  const metrics = new Metrics(() => waitingNow({ tickets: store.tickets, clock, log }));
  const { tracing = noTracing } = parts;
  const connector = new Connector({ http, limits: new Limits(), authorization, serviceHosts: settings.serviceHosts, metrics, tracing });
  const adapter = new Adapter({ incoming: new Incoming(settings.appId, settings.botFramework, settings.serviceHosts), connector, turns: store.turns });

  const background = new Background(log);
  const notifier = new TeamsNotifier({ adapter, people: store.people, tickets: store.tickets, clock, log });
  const { desk } = settings;
  const house: House = {
    ...parts,
    ...store,
    canLook: parts.lookup !== undefined || settings.lookup !== undefined,
    lookup: parts.lookup ?? (settings.lookup ? createLookup(settings.lookup, log) : noLookup),
    writer: settings.model && createWriter(settings.model, parts),
    background,
    metrics,
    tracing,
    pace: new Pace(settings.pace, clock),
    newsRetries: new NewsRetries(),
    allowedTenants: settings.allowedTenants,
    operators: settings.operators,
    files: { hosts: settings.fileHosts },
    provisioner: parts.provisioner ?? (settings.provisioner && new BillingRoles(settings.provisioner)),
    policy: settings.policy,
    deskPolicy: desk.policy,
    connector,
    authorization,
    webhook: desk.webhook && createWebhook(desk.webhook),
    elsewhereFor: (tenantId) => desk.webhook !== undefined && desk.tenantId === tenantId,
    draftsDir: join(settings.dataDir, 'drafts'),
    pictures: desk.publicUrl === undefined ? undefined : createPictures(store.pictures, desk.publicUrl),
    follow: (ticket, changed) => following.go(ticket, changed),
    settle: (tenantId, contractId, copy) => settling.settle(tenantId, contractId, nobody, copy),
    reach: (personId) => settling.reach(personId),
    redraw: ({ conversation, conversationId }, activityId, reply) =>
      background.run(`chat ${conversationId}`, () => notifier.redraw(conversation, activityId, reply)),
    tell: async ({ conversation }, replies) => {
      try {
        await notifier.in(conversation, (context) => send(context, replies));
        return true;
      } catch (error) {
        metrics.unreached(1);
        log.warn({ reason: reasonOf(error) }, 'a message could not be sent');
        return false;
      }
    },
    inTurn: ({ conversation }, work) => notifier.in(conversation, work),
    say: ({ conversation, conversationId }, replies) =>
      background.run(`chat ${conversationId}`, () => notifier.in(conversation, (context) => send(context, replies))),
  };
  const following = new Following(house);
  const settling = new Settling(house, notifier);

  const app = new Application<TurnState>({ startTypingTimer: false, removeRecipientMention: false });
  const on = answering(house);
  app.addRoute(async ({ activity }) => activity.type === 'invoke' && activity.name === 'adaptiveCard/action', on.action((turn, sentBack) => onAction(house, turn, sentBack)), true);
  app.addRoute(async ({ activity }) => activity.type === 'invoke' && activity.name === 'fileConsent/invoke', on.consent((turn, sentBack) => onConsent(house, turn, sentBack)), true);
  app.addRoute(async ({ activity }) => activity.type === 'invoke', on.unknownInvoke, true);
  app.addRoute(async ({ activity }) => activity.type === 'message' && isObject(activity.value), on.submit((turn, sentBack) => onAction(house, turn, sentBack)));
  const message = on.message((turn) => onMessage(house, turn, typedIn(turn.context.activity)));
  app.addRoute(async ({ activity }) => activity.type === 'message', async (context) => ((await isOverheard(house, context)) ? undefined : message(context)));
  app.addRoute(async ({ activity }) => activity.type === 'messageUpdate' || activity.type === 'messageDelete', on.message((turn) => onEdited(house, turn)));
  app.addRoute(async ({ activity }) => activity.type === 'event' && activity.name === 'handoff.status', on.message((turn) => onHandoffStatus(house, turn)));
  app.addRoute(async ({ activity }) => isInstall(activity), on.message((turn) => onInstall(house, turn)));

  const receiving = new Receiving({
    house,
    adapter,
    run: async (context) => {
      if (!(await app.run(context))) log.debug({ type: context.activity.type }, 'ignored an activity');
    },
  });
  const time = new Time({ house, settling, following, keeping: new Keeping(parts, settings.retention) });
  return {
    adapter,
    house,
    deskApi: desk,
    readiness: new Readiness({ store, connector, authorization, log, tenants: settings.allowedTenants.length > 0 ? settings.allowedTenants : [desk.tenantId ?? NO_TENANT] }),
    metricsToken: settings.metricsToken,
    stop: () => following.stop(),
    close: () => http.close(),
    catchUp: async () => {
      if (desk.tenantId !== undefined) await connectBySetting(house, desk.tenantId, desk.channels);
      await following.all();
      for (const { contract } of await store.contracts.all()) settling.settle(contract.tenantId, contract.id, everybody);
      time.tick();
    },
    tick: () => time.tick(),
    receive: (authorization, activity) => receiving.receive(authorization, activity),
  };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
