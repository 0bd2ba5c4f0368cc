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
import { countryOf, timeZoneOf } from '../teams/client.ts';
import { tenantOf } from '../teams/directory.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';

type Packet = NonNullable<Chat['packet']>;

/** What Microsoft's VL support asks for, after a move to an end that leads there. */
export async function packetReplies(house: House, turn: Turn, move: GuideMove): Promise<Reply[]> {
  const { packet } = await chatOf(house, turn);
  if (move.kind !== 'moved' || packet?.run !== move.state.run) return [];
  const tenantId = tenantOf(turn.context);
  const desk = tenantId === undefined ? undefined : await house.helpDesks.get(tenantId);
  return [{ kind: 'card', ...drawing(house, turn)(packet, desk?.conversation ? 'here' : 'noHelpDesk') }];
}

/** Sends what a guide gathered to the help desk of the person's tenant: once, however often it is pressed. */
export async function toHelpDesk(house: House, turn: Turn, person: Person, { run }: Extract<CardAction, { verb: 'toHelpDesk' }>): Promise<Pressed> {
  const { packet } = await chatOf(house, turn);
  if (packet?.run !== run) return { say: turn.words.support.gone };
  const drawn = drawing(house, turn);
  if (packet.helpDeskAt !== undefined) return { inPlace: drawn(packet, 'sent') };
  const desk = await house.helpDesks.get(person.tenantId);
  if (!desk?.conversation) return { inPlace: drawn(packet, 'noHelpDesk') };
  const shownAt = turn.context.activity.replyToId;
  house.background.run(`packet ${turn.conversationId}`, async () => {
    const now = await sendOnce(house, turn, person, desk, run);
    if (!now) return;
    const outcome = drawn(now, now.helpDeskAt === undefined ? 'notSent' : 'sent');
    if (shownAt === undefined) house.say(turn, [{ kind: 'card', ...outcome }]);
    else house.redraw(turn, shownAt, outcome);
  });
  return { inPlace: drawn(packet, 'sending') };
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

/** Draws the text for its person, also after the turn, when the turn's context is no more. */
function drawing(house: House, { context, lang, words }: Turn): (packet: Packet, place: PacketPlace) => CardReply {
  const timeZone = timeZoneOf(context.activity, lang);
  const lines = linesFor(house.supportLines, countryOf(context.activity, lang));
  return ({ run, kind, values, helpDeskAt }, place) => {
    const sentAt = helpDeskAt === undefined ? '' : clockTime(new Date(helpDeskAt), timeZone, lang);
    return { title: words.support.title, card: packetCard(lang, { kind, known: values, lines, now: house.clock.now(), run, place, sentAt }) };
  };
}
