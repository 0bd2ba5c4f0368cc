import type { CardAction } from '../../cards/actions.ts';
import type { PacketPlace } from '../../cards/packet.ts';
import { helpDeskPacketCard, packetCard } from '../../cards/packet.ts';
import type { Chat } from '../../data/model/chat.ts';
import type { HelpDesk } from '../../data/model/helpDesk.ts';
import type { Person } from '../../data/model/person.ts';
import { linesFor } from '../../data/support/lines.ts';
import { clockTime } from '../../data/text/moment.ts';
import { TEXTS } from '../../data/text/index.ts';
import type { GuideMove } from '../../dialogs/guide.flow.ts';
import { chatOf, saveChat } from '../chat.ts';
import type { House } from '../house.ts';
import type { Pressed, Reply } from '../reply.ts';
import { card } from '../reply.ts';
import { tenantOf } from '../teams/directory.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';

type Packet = NonNullable<Chat['packet']>;

/** What Microsoft's VL support asks for, after a move to an end that leads there. */
export async function packetReplies(house: House, turn: Turn, move: GuideMove): Promise<Reply[]> {
  const step = move.kind === 'moved' ? house.guides.get(move.state.guide)?.steps[move.state.step] : undefined;
  return step?.kind === 'end' && step.packet !== undefined ? gatheredReplies(house, turn) : [];
}

/** What the last guide gathered, if it was not sent yet. */
export async function gatheredReplies(house: House, turn: Turn): Promise<Reply[]> {
  const { packet } = await chatOf(house, turn);
  if (!packet || packet.helpDeskAt !== undefined) return [];
  const tenantId = tenantOf(turn.context);
  const desk = tenantId === undefined ? undefined : await house.helpDesks.get(tenantId);
  return [{ kind: 'card', ...drawn(house, turn, packet, desk?.conversation ? 'here' : 'noHelpDesk') }];
}

/** What the last guide gathered, where it can be sent to a help desk. */
export async function gatheredForHelpDesk(house: House, turn: Turn): Promise<Reply[]> {
  return turn.isPersonal && turn.person && (await house.helpDesks.get(turn.person.tenantId))?.conversation ? gatheredReplies(house, turn) : [];
}

/** Sends what a guide gathered to the help desk of the person's tenant: once, however often it is pressed. */
export async function toHelpDesk(house: House, turn: Turn, person: Person, { run }: Extract<CardAction, { verb: 'toHelpDesk' }>): Promise<Pressed> {
  const { packet } = await chatOf(house, turn);
  if (packet?.run !== run) return { say: turn.words.support.gone };
  if (packet.helpDeskAt !== undefined) return { inPlace: drawn(house, turn, packet, 'sent') };
  const desk = await house.helpDesks.get(person.tenantId);
  if (!desk?.conversation) return { inPlace: drawn(house, turn, packet, 'noHelpDesk') };
  const shownAt = turn.context.activity.replyToId;
  house.background.run(`packet ${turn.conversationId}`, async () => {
    const now = await sendOnce(house, turn, person, desk, run);
    if (!now) return;
    const outcome = drawn(house, turn, now, now.helpDeskAt === undefined ? 'notSent' : 'sent');
    if (shownAt === undefined) house.say(turn, [{ kind: 'card', ...outcome }]);
    else house.redraw(turn, shownAt, outcome);
  });
  return { inPlace: drawn(house, turn, packet, 'sending') };
}

/** Undefined: it was another packet by then. */
async function sendOnce(house: House, turn: Turn, person: Person, { conversation, language }: HelpDesk, run: string): Promise<Packet | undefined> {
  const { packet } = await chatOf(house, turn);
  if (packet?.run !== run || !conversation || packet.helpDeskAt !== undefined) return packet?.run === run ? packet : undefined;
  const { title } = TEXTS[language].support.briefing(person.name ?? person.mail);
  const briefing = helpDeskPacketCard(language, { kind: packet.kind, known: packet.values, name: person.name, mail: person.mail, speaks: turn.lang });
  const isSent = await house.tell({ conversation, conversationId: turn.conversationId }, [card(title, briefing)]);
  if (!isSent) return packet;
  const sent = { ...packet, helpDeskAt: house.clock.now().toISOString() };
  await saveChat(house, turn, (now) => (now.packet?.run === run ? { ...now, packet: sent } : now));
  return sent;
}

function drawn(house: House, { lang, words, timeZone, country }: Turn, { run, kind, values, helpDeskAt }: Packet, place: PacketPlace): CardReply {
  const sentAt = helpDeskAt === undefined ? '' : clockTime(new Date(helpDeskAt), timeZone, lang);
  const lines = linesFor(house.supportLines, country);
  return { title: words.support.title, card: packetCard(lang, { kind, known: values, lines, now: house.clock.now(), run, place, sentAt }) };
}
