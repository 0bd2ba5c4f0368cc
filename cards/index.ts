import type { Language } from '../data/model/language.ts';
import { button } from './actions.ts';
import { awayCard, confirmRemovePersonCard, copyFormCard, leaverCard, leaverFormCard, userCard } from './administering.ts';
import { answerCard } from './answer.ts';
import { applyCard } from './apply.ts';
import { approveSeveralCard } from './approveSeveral.ts';
import { askedAgainCard } from './askedAgain.ts';
import { auditCard } from './audit.ts';
import type { Card } from './card.ts';
import { confirmRemoveCard } from './confirmRemove.ts';
import { contractsCard } from './contracts.ts';
import { didYouMeanCard } from './didYouMean.ts';
import { guideCard, guideStub } from './guide.ts';
import { helpCard } from './help.ts';
import { messageCard } from './message.ts';
import { myRequestsCard } from './myRequests.ts';
import { myRolesCard } from './myRoles.ts';
import { packetCard } from './packet.ts';
import { planCard } from './plan.ts';
import { reconciliationCard } from './reconciliation.ts';
import { requestCard } from './request.ts';
import { reviewCard } from './review.ts';
import { EMPTY_VALUES, roleFormCard } from './roleForm.ts';
import { askWorksCard, endedCard, endsSoonCard, enteredCard, notYetCard, ownEndsSoonCard, reviewDueCard, soleCard, undecidedCard } from './roleNews.ts';
import { APPROVED, assignmentsOf, BRIEFING, DENIED, ENTRY, FORTY, LINE, LINE_AT, LONG_EVENTS, LONGEST, nameOf, NAMES, PENDING, recordOf, TALK } from './samples.ts';
import { toDoCard } from './toDo.ts';
import { smallFormCard } from './smallForm.ts';
import { troubleshootCard } from './troubleshoot.ts';
import { unknownCard } from './unknown.ts';
import { usersCard } from './users.ts';
import { briefingCard, leftCard } from './briefing.ts';
import { queueCard } from './queue.ts';
import { summaryCard } from './summary.ts';
import { helpFormCard, talkCard, talkOverCard, talkRatedCard } from './talk.ts';
import { assignTicketForm, cannedCard, closeForm, moveForm, ticketSaysCard, transcriptCard } from './ticketForms.ts';
import { unsureCard } from './unsure.ts';

const names = { requester: NAMES['p-00000003'] ?? '', beneficiary: NAMES['p-00000002'] ?? '', decider: NAMES['p-00000001'] ?? '', first: NAMES['p-00000001'] ?? '' };
const mail = 'maximiliane@example.com';
const packet = { run: 'r', place: 'noHelpDesk', sentAt: '' } as const;
const none = { decide: false, withdraw: false, apply: false };
const guide = { title: 'First registration', run: 'r', rev: 1, at: 3, of: 6, text: 'One paragraph with **bold**.\n\nAnother one.', links: [], options: [], canGoBack: true };

/** Every card in every shape worth looking at: what the every-card test and the gallery draw. A card not listed here is not tested. */
export const CARDS: Record<string, Record<string, (lang: Language) => Card>> = {
  answer: {
    ofOtherAgreements: (lang) => answerCard(lang, { entry: ENTRY, asker: { agreement: 'other' }, nextTitle: 'First registration' }),
    full: (lang) => answerCard(lang, { entry: ENTRY, nextTitle: 'First registration', intro: 'Before it.' }),
    brief: (lang) => answerCard(lang, { entry: ENTRY, isBrief: true, nextTitle: 'First registration' }),
    short: (lang) => answerCard(lang, { entry: { ...ENTRY, links: [], steps: [], next: { kind: 'command', command: 'requestRole' } } }),
    helpful: (lang) => answerCard(lang, { entry: ENTRY, nextTitle: 'First registration', rated: 'helpful' }),
    notHelpful: (lang) => answerCard(lang, { entry: ENTRY, nextTitle: 'First registration', rated: 'notHelpful', related: [ENTRY, ENTRY] }),
  },
  administering: {
    user: (lang) => userCard(lang, { record: recordOf('12345678'), personId: 'p-00000002', version: 3, name: nameOf('p-00000002'), roles: ['administrator'], until: '', problem: 'No.' }),
    removePerson: (lang) => confirmRemovePersonCard(lang, { contractId: '12345678', personId: 'p-00000002', version: 1, name: nameOf('p-00000002'), roles: ['administrator', 'benefitsReader'], isSelf: true }),
    copy: (lang) => copyFormCard(lang, { contractId: '12345678', typed: '' }),
    leaverForm: (lang) => leaverFormCard(lang, { typed: '' }),
    leaver: (lang) => leaverCard(lang, { personId: 'p-00000002', version: 4, isSelf: true, waiting: [PENDING.id], name: nameOf('p-00000002'), held: FORTY.slice(0, 9).map((record, i) => ({ record, roles: ['administrator'], isLast: i === 0 })) }),
    away: (lang) => awayCard(lang, { isAway: true, until: '2026-12-24', deputyId: 'p-00000002', deputies: [{ id: 'p-00000002', name: nameOf('p-00000002') }] }),
  },
  smallForm: { plain: (lang) => smallFormCard(lang, { title: 'A form', text: 'With one input.', texts: [{ id: 'x', label: 'X', hint: 'x', value: '', isLong: false, required: 'x' }], actions: [] }) },
  apply: {
    ea: (lang) => applyCard(lang, { record: { ...recordOf('12345678'), contract: { ...recordOf('12345678').contract, program: 'EA' } }, assignments: assignmentsOf(3), name: nameOf('p-00000002'), mail }),
    external: (lang) => applyCard(lang, { record: recordOf('12345678'), assignments: assignmentsOf(1).map((a) => ({ ...a, external: true })), name: 'Anna', mail }),
  },
  audit: {
    full: (lang) => auditCard(lang, { record: recordOf('12345678'), nameOf, page: 0 }),
    longest: (lang) => auditCard(lang, { record: recordOf('12345678', { events: LONG_EVENTS }), nameOf, page: 0 }),
  },
  confirmRemove: {
    other: (lang) => confirmRemoveCard(lang, { contractId: '12345678', assignment: must(assignmentsOf(1)[0]), name: nameOf('p-00000002'), isSelf: false }),
    self: (lang) => confirmRemoveCard(lang, { contractId: '12345678', assignment: must(assignmentsOf(1)[0]), name: nameOf('p-00000001'), isSelf: true }),
  },
  didYouMean: {
    two: (lang) => didYouMeanCard(lang, [ENTRY, ENTRY]),
    three: (lang) => didYouMeanCard(lang, [ENTRY, ENTRY, ENTRY]),
  },
  contracts: {
    empty: (lang) => contractsCard(lang, { records: [], today: '2026-11-23', page: 0 }),
    forty: (lang) => contractsCard(lang, { records: FORTY.map((record) => ({ record, tasks: 2 })), today: '2029-01-01', page: 2 }),
    choose: (lang) => contractsCard(lang, { records: FORTY.slice(0, 2).map((record) => ({ record, tasks: 0 })), today: '2026-11-23', page: 0, choose: true }),
  },
  guide: {
    choose: (lang) => guideCard(lang, { ...guide, options: [{ id: 'a', label: 'Yes' }, { id: 'b', label: 'Another one (Open Value, MPSA …)' }], links: ENTRY.links }),
    say: (lang) => guideCard(lang, { ...guide, notice: 'I did not get that.' }),
    first: (lang) => guideCard(lang, { ...guide, at: 1, canGoBack: false }),
    end: (lang) => guideCard(lang, { ...guide, at: 6, end: { after: [button('Ask me again at 2:30 PM', { verb: 'remind', guide: 'waiting', at: '2026-11-23T08:00:00.000Z' })] } }),
    picture: (lang) => guideCard(lang, { ...guide, picture: { url: 'https://learn.microsoft.com/x.png', alt: 'The menu with Billing' } }),
    ask: (lang) => guideCard(lang, { ...guide, asks: { label: 'Sign-in ID', hint: 'name@company.com', isLong: false, canBeUnsure: true } }),
    check: (lang) => guideCard(lang, { ...guide, looks: true }),
    found: (lang) => guideCard(lang, { ...guide, lookedAt: '11/23, 2:30 PM' }),
    copy: (lang) => guideCard(lang, { ...guide, at: 6, end: { after: [] }, copy: 'To the IT administrator\n\nPlease check **Safe Links**. ${soon}\nThank you.' }),
    stub: (lang) => guideStub(lang, 'First registration', 'Goes on below.'),
  },
  askedAgain: { full: (lang) => askedAgainCard(lang, 'A role was given, but nothing is there') },
  packet: {
    profile: (lang) => packetCard(lang, { kind: 'profile', known: { signInId: 'taro.yamada@contoso.co.jp', contractId: '12345678' }, lines: [LINE], now: new Date(LINE_AT), ...packet }),
    general: (lang) => packetCard(lang, { kind: 'general', known: { contractId: '12345678', problem: '画面が **真っ白** です。[x](http://example.com)\n'.repeat(10) }, lines: [LINE, { ...LINE, days: [0, 1, 2, 3, 4], languages: ['English', 'French', 'Klingon'] }], now: new Date('2026-11-24T03:00:00.000Z'), ...packet, place: 'here' }),
    noLine: (lang) => packetCard(lang, { kind: 'noAdministrator', known: {}, lines: [], now: new Date(LINE_AT), ...packet, place: 'here' }),
    sent: (lang) => packetCard(lang, { kind: 'noAdministrator', known: {}, lines: [], now: new Date(LINE_AT), ...packet, place: 'sent', sentAt: '11/23, 2:30 PM' }),
  },
  help: {
    welcome: (lang) => helpCard(lang, { greeting: 'welcome', administers: false }),
    administrator: (lang) => helpCard(lang, { greeting: 'help', administers: true }),
  },
  message: { plain: (lang) => messageCard(lang, { paragraphs: ['One sentence with *stars* and [brackets](http://example.com).'] }) },
  myRequests: {
    empty: (lang) => myRequestsCard(lang, { requests: [], page: 0 }),
    forty: (lang) => myRequestsCard(lang, { requests: FORTY.map((record, i) => ({ record, request: i % 2 ? DENIED : PENDING, stage: i % 2 ? ('denied' as const) : ('pending' as const), mayWithdraw: i % 2 === 0, waitsFor: i % 4, forWhom: nameOf('p-00000002') })), page: 0 }),
  },
  myRoles: {
    empty: (lang) => myRolesCard(lang, { contracts: [], page: 0 }),
    forty: (lang) => myRolesCard(lang, { contracts: FORTY.map((record) => ({ record, assignments: assignmentsOf(7) })), page: 4 }),
  },
  request: {
    toDecide: (lang) => requestCard(lang, { record: recordOf('12345678'), request: PENDING, names, mail, seesFirst: true, stage: 'pending', text: 'Somebody asks.', may: { ...none, decide: true } }),
    refused: (lang) => requestCard(lang, { record: recordOf('12345678'), request: PENDING, names, mail, seesFirst: true, stage: 'pending', text: 'Somebody asks.', may: { ...none, decide: true }, problem: 'Please say why.', comment: 'Because' }),
    own: (lang) => requestCard(lang, { record: recordOf('12345678'), request: PENDING, names, mail, seesFirst: true, stage: 'pending', text: 'Sent.', may: { ...none, withdraw: true } }),
    approved: (lang) => requestCard(lang, { record: recordOf('12345678'), request: APPROVED, names, mail, seesFirst: true, stage: 'approved', text: 'Approved.', may: none }),
    toApply: (lang) => requestCard(lang, { record: recordOf('12345678'), request: APPROVED, names, mail, seesFirst: true, stage: 'approved', text: 'You approved this.', may: { ...none, apply: true } }),
    applied: (lang) => requestCard(lang, { record: recordOf('12345678'), request: APPROVED, names, mail, seesFirst: true, stage: 'applied', text: 'Entered.', may: none }),
    secondOfTwo: (lang) => requestCard(lang, { record: recordOf('12345678'), request: { ...PENDING, roles: ['administrator', 'benefitsReader'], ticket: 'INC-4711', until: '2027-03-31', external: true, firstApproval: { by: 'p-00000001', at: LINE_AT, comment: 'Yes' } }, names, mail, seesFirst: true, stage: 'pending', text: 'Somebody asks.', may: { ...none, decide: true } }),
    denied: (lang) => requestCard(lang, { record: recordOf('12345678'), request: DENIED, names, mail, seesFirst: true, stage: 'denied', text: 'Denied.', may: none }),
    withdrawn: (lang) => requestCard(lang, { record: recordOf('12345678'), request: { ...PENDING, state: 'withdrawn' }, names, mail, seesFirst: true, stage: 'withdrawn', text: 'Withdrawn.', may: none }),
    longest: (lang) => requestCard(lang, { record: recordOf('12345678'), request: LONGEST, names, mail, seesFirst: true, stage: 'denied', text: 'Denied.', may: none }),
  },
  roleNews: {
    entered: (lang) => enteredCard(lang, { record: recordOf('12345678'), roles: ['benefitsReader'] }, '14:20'),
    ask: (lang) => askWorksCard(lang, { record: recordOf('12345678'), roles: ['benefitsReader', 'productKeysReader'] }, LINE_AT),
    notYet: (lang) => notYetCard(lang, { record: recordOf('12345678'), personId: 'p-00000002', roles: ['benefitsReader'], name: nameOf('p-00000002') }),
    endsSoon: (lang) => endsSoonCard(lang, { record: recordOf('12345678'), assignment: { ...must(assignmentsOf(1)[0]), until: '2026-12-01' }, name: nameOf('p-00000002') }),
    ownEndsSoon: (lang) => ownEndsSoonCard(lang, { record: recordOf('12345678'), assignment: { ...must(assignmentsOf(1)[0]), until: '2026-12-01' } }),
    ended: (lang) => endedCard(lang, { record: recordOf('12345678'), personId: 'p-00000002', leftovers: [must(assignmentsOf(1)[0]).id], roles: ['benefitsReader'], name: nameOf('p-00000002') }),
    sole: (lang) => soleCard(lang, FORTY),
    reviewDue: (lang) => reviewDueCard(lang, recordOf('12345678')),
    undecided: (lang) => undecidedCard(lang, { record: recordOf('12345678'), request: PENDING, administrators: [mail], isUnreached: true }),
  },
  reconciliation: {
    never: (lang) => reconciliationCard(lang, { record: recordOf('12345678'), page: 0 }),
    some: (lang) => reconciliationCard(lang, { record: recordOf('12345678', { reconciliation: { at: LINE_AT, people: 12, differences: [{ id: must(assignmentsOf(1)[0]).id, kind: 'notThere', mail, role: 'benefitsReader' }, { id: must(assignmentsOf(2)[1]).id, kind: 'status', mail, status: 'invitationExpired' }, { id: must(assignmentsOf(3)[2]).id, kind: 'notHere', mail }] } }), page: 0 }),
  },
  review: {
    some: (lang) => reviewCard(lang, { record: recordOf('12345678', { assignments: assignmentsOf(9).map((a, i) => (i % 2 ? { ...a, reviewedAt: LINE_AT } : a)) }), nameOf, page: 0, since: LINE_AT }),
  },
  roleForm: {
    request: (lang) => roleFormCard(lang, { form: 'request', values: EMPTY_VALUES }),
    assign: (lang) => roleFormCard(lang, { form: 'assign', values: { ...EMPTY_VALUES, contractId: '12345678' } }),
    correct: (lang) => roleFormCard(lang, { form: 'correct', corrects: { request: 'R-7K3F9QXZ', version: 1 }, values: { ...EMPTY_VALUES, roles: ['benefitsReader'], reason: 'x', ticket: 'INC-1' } }),
    refused: (lang) => roleFormCard(lang, { form: 'request', values: { ...EMPTY_VALUES, contractId: '1\n2', roles: ['benefitsReader'], forMail: 'x', reason: '${x}', until: '2027-03-31', external: true }, problem: 'That is not a contract ID.' }),
  },
  briefing: {
    waiting: (lang) => briefingCard(lang, BRIEFING),
    left: (lang) => leftCard(lang, { name: nameOf('p-00000002'), channel: 'VL roles (Roles and contracts)', link: 'https://teams.microsoft.com/l/message/19%3Adesk%40thread.tacv2/17' }),
    short: (lang) => briefingCard(lang, { ...BRIEFING, answers: [], path: [], detail: '', values: [], contracts: [], requests: [], agreement: undefined, cloud: undefined, note: '' }),
    claimed: (lang) => briefingCard(lang, { ...BRIEFING, state: 'claimed', helper: nameOf('p-00000001') }),
    closed: (lang) => briefingCard(lang, { ...BRIEFING, state: 'closed', closedBy: 'Closed by Anna.', solved: false, canDraft: true }),
  },
  talk: {
    form: (lang) => helpFormCard(lang, { question: '', subject: 'other' }),
    formClosed: (lang) => helpFormCard(lang, { question: '画面が **真っ白** です。', subject: 'roles', opensAt: '11/24 9:00', problem: 'No.' }),
    next: (lang) => talkCard(lang, { ...TALK, place: 1 }),
    waiting: (lang) => talkCard(lang, TALK),
    waitingClosed: (lang) => talkCard(lang, { ...TALK, opensAt: '11/24 9:00', hours: 'Mon–Fri 09:00–17:30' }),
    claimed: (lang) => talkCard(lang, { ...TALK, state: 'claimed', helper: nameOf('p-00000002') }),
    closed: (lang) => talkCard(lang, { ...TALK, state: 'closed' }),
    over: (lang) => talkOverCard(lang, { ticket: 'T-7K3F9QXZ', by: 'helper', helper: nameOf('p-00000002'), reason: 'The role is **there** now.', wasClaimed: true, guide: { run: 'r', rev: 1 } }),
    overByTime: (lang) => talkOverCard(lang, { ticket: 'T-7K3F9QXZ', by: 'time', helper: undefined, wasClaimed: true }),
    overNoDesk: (lang) => talkOverCard(lang, { ticket: 'T-7K3F9QXZ', by: 'noDesk', helper: undefined, wasClaimed: true }),
    withdrawn: (lang) => talkOverCard(lang, { ticket: 'T-7K3F9QXZ', by: 'person', helper: undefined, wasClaimed: false }),
    solved: (lang) => talkRatedCard(lang, true),
    notSolved: (lang) => talkRatedCard(lang, false),
  },
  unsure: { person: (lang) => unsureCard(lang, { ticket: 'T-7K3F9QXZ', n: 3, side: 'person', name: nameOf('p-00000002'), at: LINE_AT }) },
  ticketForms: {
    move: (lang) => moveForm(lang, { ticket: 'T-7K3F9QXZ', name: nameOf('p-00000002'), channels: [{ id: '19:a', title: 'VL roles (Roles and contracts)' }] }),
    moveNowhere: (lang) => moveForm(lang, { ticket: 'T-7K3F9QXZ', name: nameOf('p-00000002'), channels: [] }),
    assign: (lang) => assignTicketForm(lang, { ticket: 'T-7K3F9QXZ', name: nameOf('p-00000002'), members: FORTY.map((_, i) => ({ id: `id-${i}`, name: nameOf('p-00000002') })) }),
    assignTyped: (lang) => assignTicketForm(lang, { ticket: 'T-7K3F9QXZ', name: nameOf('p-00000002'), members: [] }),
    close: (lang) => closeForm(lang, { ticket: 'T-7K3F9QXZ', name: nameOf('p-00000002') }),
    answers: (lang) => cannedCard(lang, { ticket: 'T-7K3F9QXZ', name: nameOf('p-00000002'), speaks: 'ja', query: 'mail', found: [ENTRY, ENTRY, ENTRY, ENTRY], isThread: false }),
    answersNone: (lang) => cannedCard(lang, { ticket: 'T-7K3F9QXZ', name: nameOf('p-00000002'), speaks: 'en', query: 'x', found: [], isThread: true }),
    transcript: (lang) => transcriptCard(lang, { ticket: 'T-7K3F9QXZ', name: nameOf('p-00000002'), page: 1, lines: Array.from({ length: 60 }, () => `11/23 14:30 ${nameOf('p-00000002')}: ${'画面が **真っ白** です。'.repeat(60)}`) }),
    says: (lang) => ticketSaysCard(lang, 'T-7K3F9QXZ', 'Done.'),
  },
  queue: {
    empty: (lang) => queueCard(lang, { show: 'waiting', rows: [], page: 0, query: '', note: '', isOneChannel: true }),
    forty: (lang) => queueCard(lang, { show: 'all', rows: FORTY.map((_, i) => ({ ticket: `T-7K3F9Q${String(10 + i)}`, name: nameOf('p-00000002'), question: '画面が **真っ白** です。'.repeat(30), state: (['waiting', 'claimed', 'closed'] as const)[i % 3] ?? 'waiting', helper: nameOf('p-00000001'), waitsSince: LINE_AT, thread: 'https://teams.microsoft.com/l/message/19%3Adesk%40thread.tacv2/17' })), page: 1, query: 'x', note: 'Done.', isOneChannel: false }),
  },
  summary: {
    busy: (lang) => summaryCard(lang, { day: { opened: 12, waiting: 2, claimed: 3, closed: 7, meanWait: 4, longestWait: 25, byBot: 40, byPerson: 6, notSolved: 1, subjects: [{ subject: 'registration', count: 7 }, { subject: 'roles', count: 5 }], entries: [] }, topics: [{ title: ENTRY.title, count: 4 }] }),
    quiet: (lang) => summaryCard(lang, { day: { opened: 0, waiting: 0, claimed: 0, closed: 0, meanWait: undefined, longestWait: undefined, byBot: 0, byPerson: 0, notSolved: 0, subjects: [], entries: [] }, topics: [] }),
  },
  troubleshoot: { full: (lang) => troubleshootCard(lang, { guides: [{ id: 'g', symptom: 'I do not see the page' }], entries: [{ id: 'e', symptom: '“An error occurred while setting up your profile”' }] }) },
  plan: {
    some: (lang) => planCard(lang, { id: 'p', lines: Array.from({ length: 25 }, (_, i) => ({ contractId: String(12345600 + i), mail, until: i % 2 ? '2027-03-31' : '', external: i % 3 === 0, roles: ['administrator' as const, 'benefitsReader' as const] })), problem: ['999: unknown'] }),
  },
  toDo: {
    empty: (lang) => toDoCard(lang, { tasks: [], page: 0 }),
    some: (lang) => toDoCard(lang, { tasks: (['enter', 'remove', 'unconfirmed'] as const).map((kind) => ({ kind, record: recordOf('12345678'), personId: 'p-00000002', roles: ['benefitsReader'], ids: [must(assignmentsOf(1)[0]).id], since: LINE_AT, name: nameOf('p-00000002') })), page: 0 }),
  },
  approveSeveral: { some: (lang) => approveSeveralCard(lang, FORTY.slice(0, 20).map((record) => ({ record, request: PENDING, name: nameOf('p-00000002') }))) },
  unknown: {
    near: (lang) => unknownCard(lang, [ENTRY, ENTRY, ENTRY]),
    far: (lang) => unknownCard(lang, []),
  },
  users: {
    sole: (lang) => usersCard(lang, { record: recordOf('12345678', { assignments: assignmentsOf(1) }), nameOf, page: 0 }),
    forty: (lang) => usersCard(lang, { record: recordOf('12345678', { assignments: assignmentsOf(40) }), nameOf, page: 1, note: { text: 'Done.\n\nAlso do that.', style: 'good' } }),
    beyond: (lang) => usersCard(lang, { record: recordOf('12345678', { assignments: assignmentsOf(9) }), nameOf, page: 99 }),
  },
};

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the sample is missing');
  return value;
}
