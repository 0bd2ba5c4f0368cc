import type { Arbitrary } from 'fast-check';
import * as fc from 'fast-check';
import { cardAction } from './actions.ts';
import { oddName, oddValue } from './odd.ts';
import type { Sender } from './world.ts';

type Json = Record<string, unknown>;

/** A change of whatever stands at a place of an activity; `at` is counted over all its fields, deep ones too. */
export interface Mutation {
  at: number;
  how: 'replace' | 'remove' | 'add' | 'wrap';
  name: string;
  value: unknown;
}

/** Something to be sent, without the ids of any world: `«name»` stands for one. */
export interface Attempt {
  sender: Sender;
  kind: string;
  activity: Json;
  mutations: Mutation[];
  /** How the body is sent; see `wire.ts`. */
  body: 'whole' | 'cut' | 'wrongType' | 'noType' | 'longer' | 'shorter' | 'chunks' | 'packed' | 'bytes' | 'notJson';
}

const words = fc.constantFrom('help', 'register', 'my roles', 'users 12345678', 'audit 12345678', 'approvals', 'assign role 12345678', 'request role 12345678', 'person', 'end', 'use as help desk', 'disconnect help desk', 'queue', 'health', 'leaver', 'away', 'cancel', 'back', '2', 'yes', 'no', '日本語', 'contracts', 'I never got the welcome email', 'approve «pending»', '// note', '/ answer', 'what colour is the moon', 'R-00000000', 'cleo@example.com');
const text = fc.oneof({ weight: 4, arbitrary: words }, { weight: 1, arbitrary: oddValue });
const message = fc.constantFrom('from-bob', 'from-cleo', '«claimedThread»', '«ownThread»', 'sent-1', 'x');

/** The own chat (absent), the help desk's channel, a ticket's thread there, a group. */
const place: Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.constantFrom('«desk»', '«desk»;messageid=«claimedThread»', '«desk»;messageid=«waitingThread»', '«desk»;messageid=«ownThread»', '19:other@thread.tacv2').map((id) => ({ conversation: { id, conversationType: 'channel', isGroup: true }, channelData: { team: { id: '19:team@thread.tacv2' }, channel: { id: '«desk»' } } })) },
  { weight: 1, arbitrary: fc.constant({ conversation: { id: '19:group@thread.v2', conversationType: 'groupChat', isGroup: true } }) },
);

const mention = fc.constantFrom<unknown[]>([], [{ type: 'mention', text: '<at>VL Access</at>', mentioned: { id: '28:bot' } }], [{ type: 'mention', mentioned: null }], [{ type: 'mention', text: '', mentioned: { id: '28:bot' } }], [{ type: 'clientInfo', locale: 'xx-XX', country: 'ZZ', timezone: 'Mars/Olympus' }], Array.from({ length: 150 }, () => ({ type: 'mention', text: 'a', mentioned: { id: '28:bot' } })));
const attachments = fc.constantFrom<unknown>([], [{ contentType: 'text/html', content: '<p>x</p>' }], [{ contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'list.csv', content: { downloadUrl: 'https://127.0.0.1:1/x', fileType: 'csv' } }], [{ contentType: 'image/png', contentUrl: 'https://127.0.0.1:1/x' }], [{}], 'x');
const pressed = cardAction.map((data) => ({ action: { type: 'Action.Execute', verb: data['verb'], data }, trigger: 'manual' }));
const consent = fc.record({ action: fc.constantFrom('accept', 'decline'), context: fc.record({ contract: fc.constantFrom('12345678', '77770001'), format: fc.constantFrom('csv', 'jsonl', 'x') }), uploadInfo: fc.constantFrom<unknown>({ uploadUrl: 'https://127.0.0.1:1/x', contentUrl: 'https://127.0.0.1:1/x', name: 'x', uniqueId: 'x', fileType: 'csv' }, { uploadUrl: 'file:///etc/passwd' }, null) });
const members = fc.constantFrom<unknown>([{ id: '28:bot' }], [{ id: '29:anna' }], [], [{ id: 'x'.repeat(1000) }], undefined);

/** An activity of each type that the channel knows, and of some it does not. */
const ACTIVITIES: Record<string, Arbitrary<Json>> = {
  message: fc.record({ type: fc.constant('message'), text, entities: mention, attachments }),
  'message (submit)': fc.record({ type: fc.constant('message'), value: cardAction }),
  'invoke (card)': fc.record({ type: fc.constant('invoke'), name: fc.constant('adaptiveCard/action'), value: pressed, replyToId: message }),
  'invoke (file)': fc.record({ type: fc.constant('invoke'), name: fc.constant('fileConsent/invoke'), value: consent }),
  'invoke (other)': fc.record({ type: fc.constant('invoke'), name: fc.constantFrom('composeExtension/query', 'task/fetch', 'signin/verifyState', 'message/submitAction', 'handoff/action', 'tab/fetch', 'x', ''), value: oddValue }),
  conversationUpdate: fc.record({ type: fc.constant('conversationUpdate'), membersAdded: members, membersRemoved: members }),
  installationUpdate: fc.record({ type: fc.constant('installationUpdate'), action: fc.constantFrom('add', 'remove', 'upgrade', 'x') }),
  messageUpdate: fc.record({ type: fc.constant('messageUpdate'), text, id: message, replyToId: message }),
  messageDelete: fc.record({ type: fc.constant('messageDelete'), id: message, replyToId: message }),
  messageReaction: fc.record({ type: fc.constant('messageReaction'), reactionsAdded: fc.constantFrom<unknown>([{ type: 'like' }], null, 'x'), replyToId: message }),
  event: fc.record({ type: fc.constant('event'), name: fc.constantFrom('handoff.status', 'application/vnd.microsoft.meetingStart', 'x'), value: fc.constantFrom<unknown>({ state: 'accepted' }, { state: 'completed' }, { state: 'failed' }, { state: 7 }, null, 'x'), channelId: fc.constantFrom('msteams', 'webchat') }),
  typing: fc.record({ type: fc.constantFrom('typing', 'endOfConversation', 'contactRelationUpdate', 'deleteUserData', 'command', 'commandResult', 'trace', 'handoff', 'suggestion') }),
  'unknown type': fc.record({ type: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'Message', 'invokeResponse', 'delay'), fc.string({ minLength: 1, maxLength: 20 })) }),
};
export const KINDS_SENT = Object.keys(ACTIVITIES);

const mutation: Arbitrary<Mutation> = fc.record({ at: fc.nat({ max: 1_000 }), how: fc.constantFrom('replace', 'replace', 'remove', 'add', 'wrap'), name: oddName, value: fc.oneof({ weight: 3, arbitrary: oddValue }, { weight: 1, arbitrary: fc.constantFrom('«pending»', '«anna»', '«annaObject»', '«claimed»', '«desk»', '29:anna', '29:bob', 'a:29:anna', 'bbbbbbbb-0000-4000-8000-000000000002', 'cccccccc-0000-4000-8000-000000000003', '28:bot') }) });

/** Cards most often: they carry what may be forged. */
const kind = fc.oneof({ weight: 8, arbitrary: fc.constant('invoke (card)') }, { weight: 4, arbitrary: fc.constant('message') }, { weight: 13, arbitrary: fc.constantFrom(...KINDS_SENT) });

export const attempt: Arbitrary<Attempt> = kind.chain((name) =>
  fc.record({
    sender: fc.constantFrom<Sender>('eve', 'eve', 'mallory', 'unknown'),
    kind: fc.constant(name),
    activity: fc.tuple(ACTIVITIES[name]!, place).map(([activity, where]): Json => ({ ...where, ...activity })),
    mutations: fc.oneof({ weight: 1, arbitrary: fc.constant<Mutation[]>([]) }, { weight: 1, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 3 }) }),
    body: fc.oneof({ weight: 12, arbitrary: fc.constant('whole' as const) }, { weight: 1, arbitrary: fc.constantFrom<Attempt['body']>('cut', 'wrongType', 'noType', 'longer', 'shorter', 'chunks', 'packed', 'bytes', 'notJson') }),
  }),
);
