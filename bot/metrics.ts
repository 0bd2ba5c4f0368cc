import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is waiting, asked for when somebody looks. */
export interface Waiting {
  /** Tickets that nobody has claimed yet. */
  queue: number;
  /** Seconds since the oldest event of a ticket that the person, the help desk or a system elsewhere has not been told yet; 0: all have. */
  outboxAge: number;
}

/** Numbers about the bot for Prometheus: never who, what or where. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly turns = new Counter({ name: 'vl_turns_total', help: 'Turns, by type of activity and result', labelNames: ['type', 'result'], registers: [this.registry] });
  private readonly seconds = new Histogram({ name: 'vl_turn_seconds', help: 'How long a turn took, from its coming in until its answer was sent', labelNames: ['type'], buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], registers: [this.registry] });
  private readonly answers = new Counter({ name: 'vl_answers_total', help: 'Questions, by what became of them', labelNames: ['outcome'], registers: [this.registry] });
  private readonly sends = new Counter({ name: 'vl_sends_total', help: 'Requests to the channel, by method and outcome', labelNames: ['method', 'outcome'], registers: [this.registry] });
  private readonly failed = new Counter({ name: 'vl_notifications_failed_total', help: 'Cards that did not reach their person', registers: [this.registry] });
  private readonly refused = new Counter({ name: 'vl_refused_total', help: 'Requests that were not let in, by reason', labelNames: ['reason'], registers: [this.registry] });

  private readonly age = new Gauge({ name: 'vl_outbox_age_seconds', help: 'Age of the oldest event of a help desk ticket that the person, the help desk or the system elsewhere has not been told; cards about requests are not in it', registers: [this.registry] });
  private readonly queue = new Gauge({ name: 'vl_help_desk_queue', help: 'Tickets that nobody has claimed', registers: [this.registry] });
  private readonly waiting: () => Promise<Waiting | undefined>;

  /** `waiting`: what is waiting now; undefined where that cannot be known. */
  constructor(waiting: () => Promise<Waiting | undefined>) {
    this.waiting = waiting;
  }

  turn(type: string, result: 'answered' | 'failed' | 'refused' | 'slowedDown', ms: number): void {
    const kind = KNOWN.has(type) ? type : 'other';
    this.turns.inc({ type: kind, result });
    this.seconds.observe({ type: kind }, ms / 1000);
  }

  answered(outcome: string): void {
    this.answers.inc({ outcome });
  }

  sent(method: string, outcome: string): void {
    this.sends.inc({ method, outcome });
  }

  unreached(count: number): void {
    if (count > 0) this.failed.inc(count);
  }

  notLetIn(reason: string): void {
    this.refused.inc({ reason });
  }

  /** In Prometheus' text format; without what waits, where that cannot be known. */
  async text(): Promise<string> {
    const now = await this.waiting();
    if (now) {
      this.queue.set(now.queue);
      this.age.set(now.outboxAge);
    } else {
      this.queue.remove();
      this.age.remove();
    }
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}

/** Types of activities that are told apart; whoever sends may write anything. */
const KNOWN: ReadonlySet<string> = new Set(['message', 'invoke', 'conversationUpdate', 'installationUpdate', 'messageUpdate', 'messageDelete', 'messageReaction', 'event', 'typing']);
