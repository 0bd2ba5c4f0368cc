import type { CardAction } from '../../cards/actions.ts';
import type { PacketPlace } from '../../cards/packet.ts';
import { packetCard } from '../../cards/packet.ts';
import type { Chat } from '../../data/model/chat.ts';
import type { Person } from '../../data/model/person.ts';
import { openTicketOf } from '../../data/operations/openTicket.ts';
import { linesFor } from '../../data/support/lines.ts';
import { clockTime } from '../../data/text/moment.ts';
import type { GuideMove } from '../../dialogs/guide.flow.ts';
import { chatOf, saveChat } from '../chat.ts';
import { hasHelpDesk } from '../desk/available.ts';
import { subjectOf } from '../desk/gather.ts';
import type { House } from '../house.ts';
import type { Pressed, Reply } from '../reply.ts';
import { tenantOf } from '../teams/directory.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';
import { openTalk, statusBelow } from './askForPerson.ts';

type Packet = NonNullable<Chat['packet']>;

/** What Microsoft's VL support asks for, after a move to an end that leads there. */
export async function packetReplies(house: House, turn: Turn, move: GuideMove): Promise<Reply[]> {
  const step = move.kind === 'moved' ? house.guides.get(move.state.guide)?.steps[move.state.step] : undefined;
  return step?.kind === 'end' && step.packet !== undefined ? gatheredReplies(house, turn) : [];
}

/** What the last guide gathered, if it was not sent yet. */
async function gatheredReplies(house: House, turn: Turn): Promise<Reply[]> {
  const { packet } = await chatOf(house, turn);
  if (!packet || packet.helpDeskAt !== undefined) return [];
  const tenantId = tenantOf(turn.context);
  return [{ kind: 'card', ...drawn(house, turn, packet, tenantId !== undefined && (await hasHelpDesk(house, tenantId)) ? 'here' : 'noHelpDesk') }];
}

/** Asks the help desk with what a guide gathered: once, however often it is pressed. */
export async function toHelpDesk(house: House, turn: Turn, person: Person, { run }: Extract<CardAction, { verb: 'toHelpDesk' }>): Promise<Pressed> {
  const chat = await chatOf(house, turn);
  const { packet } = chat;
  if (packet?.run !== run) return { say: turn.words.support.gone };
  if (packet.helpDeskAt !== undefined) return { inPlace: drawn(house, turn, packet, 'sent') };
  const before = await openTicketOf(house, person);
  if (before) return { say: turn.words.talk.alreadyOpen, replies: [await statusBelow(house, turn, before)] };
  const opened = await openTalk(house, turn, person, { question: packet.values['problem'] ?? turn.words.support.asks[packet.kind], subject: subjectOf(chat), run });
  if (!opened.ok) return { inPlace: drawn(house, turn, packet, 'noHelpDesk') };
  const sent = { ...packet, helpDeskAt: house.clock.now().toISOString() };
  await saveChat(house, turn, (now) => (now.packet?.run === run ? { ...now, packet: sent } : now));
  return { inPlace: drawn(house, turn, sent, 'sent'), replies: [await statusBelow(house, turn, opened.value)] };
}

function drawn(house: House, { lang, words, timeZone, country }: Turn, { run, kind, values, helpDeskAt }: Packet, place: PacketPlace): CardReply {
  const sentAt = helpDeskAt === undefined ? '' : clockTime(new Date(helpDeskAt), timeZone, lang);
  const lines = linesFor(house.supportLines, country);
  return { title: words.support.title, card: packetCard(lang, { kind, known: values, lines, now: house.clock.now(), run, place, sentAt }) };
}
