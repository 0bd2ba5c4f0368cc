import type { BriefingView } from './briefing.ts';
import type { TalkView } from './talk.ts';
import type { Entry } from '../data/knowledge/entry.ts';
import type { Assignment } from '../data/model/assignment.ts';
import type { ContractRecord } from '../data/model/record.ts';
import type { RoleRequest } from '../data/model/request.ts';
import type { SupportLine } from '../data/support/lines.ts';
import { ROLES } from '../data/model/role.ts';

// What the cards' samples are made of; the dark corners of real data among it.

const AT = '2026-11-23T06:00:00.000Z';
const LONG = 'Dr. Maximiliane-Josephine von Hohenzollern-Sigmaringen, ボリューム ライセンス管理担当 (EMEA)';

export const NAMES: Record<string, string> = { 'p-00000001': 'Anna Adams', 'p-00000002': LONG, 'p-00000003': '西園寺 麗華' };
export const nameOf = (id: string): string => NAMES[id] ?? 'first.last_with_underscores@subsidiary.example.co.jp';

export function assignmentsOf(count: number): Assignment[] {
  return Array.from({ length: count }, (_, i) => ({
    version: 1,
    id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    personId: `p-${String((i % 9) + 1).padStart(8, '0')}`,
    role: ROLES[i % ROLES.length] ?? 'administrator',
    state: 'approved',
    givenAt: AT,
  }));
}

export const PENDING: RoleRequest = {
  version: 1,
  id: 'R-7K3F9QXZ',
  requesterId: 'p-00000003',
  beneficiaryId: 'p-00000002',
  roles: ['productDownloadManager', 'productKeysReader'],
  reason: 'I need **the keys** for [the lab](http://example.com) ${soon} <b>please</b>\n- 1. list\n'.repeat(3),
  at: AT,
  state: 'pending',
  notices: [],
};

export const APPROVED: RoleRequest = { ...PENDING, version: 2, state: 'approved', decision: { by: 'p-00000001', at: AT, comment: 'Fine *with* me_' } };
export const DENIED: RoleRequest = { ...PENDING, version: 2, state: 'denied', decision: { by: 'p-00000002', at: AT, comment: 'ソフトは共有フォルダーにあります。' } };
export const LONGEST: RoleRequest = { ...PENDING, roles: [...ROLES], reason: 'あ'.repeat(1000), state: 'denied', decision: { by: 'p-00000002', at: AT, comment: '理'.repeat(1000) } };

export function recordOf(id: string, more: Partial<ContractRecord> = {}): ContractRecord {
  return {
    leftovers: [],
    sent: [],
    inherited: [],
    version: 1,
    contract: { id, tenantId: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Contoso 本社 Open Value 2026 (all subsidiaries in Japan and the Pacific)', program: 'Open Value', cloud: 'public', endDate: '2028-03-31' },
    assignments: assignmentsOf(2),
    requests: [PENDING],
    events: [
      { act: { kind: 'imported', at: AT }, previous: '', hash: 'a' },
      { act: { kind: 'assigned', at: AT, by: 'p-00000001', forId: 'p-00000002', role: 'administrator' }, previous: 'a', hash: 'b' },
      { act: { kind: 'denied', at: AT, by: 'p-00000002', requestId: PENDING.id, comment: 'ソフトは共有フォルダーにあります。' }, previous: 'b', hash: 'c' },
    ],
    ...more,
  };
}

/** A page of decisions with comments as long as they may be. */
export const LONG_EVENTS: ContractRecord['events'] = Array.from({ length: 20 }, (_, i) => ({
  act: { kind: 'denied', at: AT, by: 'p-00000002', requestId: PENDING.id, comment: '理'.repeat(1000) },
  previous: String(i),
  hash: String(i + 1),
}));

/** Forty contracts, one of them without an end, one ended. */
export const FORTY: ContractRecord[] = Array.from({ length: 40 }, (_, i) => recordOf(String(12345600 + i)));

export const ENTRY: Entry = {
  id: 'sample',
  lang: 'en',
  title: 'A question that needs a rather long title to be told apart',
  facts: [1],
  source: { page: 'vl-sign-in', url: 'https://learn.microsoft.com/microsoft-365/commerce/licenses/vl-sign-in', date: '2026-01-19' },
  questions: ['a', 'b', 'c'],
  links: [
    { title: 'Microsoft 365 admin center', url: 'https://admin.microsoft.com' },
    { title: 'GCC High admin center', url: 'https://portal.office365.us/adminportal/home' },
    { title: 'DoD admin center', url: 'https://portal.apps.mil/adminportal/home' },
  ],
  related: [],
  next: { kind: 'guide', guide: 'registration' },
  for: { agreements: 'all', people: ['user'] },
  exact: [],
  paragraphs: [
    { text: 'The short answer, with a **bold** word and an address: microsoft-noreply@microsoft.com.' },
    { text: 'another line.', case: { agreement: 'ea' } },
    { text: 'and the line for the others.', case: { agreement: 'other' } },
  ],
  steps: ['Open **Billing > Your products**.', 'Choose the tab.', 'A step that is so long that it has to wrap in a narrow chat, which it does without losing its number.'],
};

export const LINE_AT = '2026-11-23T20:00:00.000Z';
export const LINE: SupportLine = { country: 'JP', number: '0120-737-565', isTollFree: true, languages: ['Japanese'], open: '09:00', close: '17:30', days: [1, 2, 3, 4, 5], reach: undefined, timeZone: 'Asia/Tokyo', place: 'Asia/Tokyo', closesOnHolidays: true };

/** A ticket with everything that may be known. */
export const BRIEFING: BriefingView = {
  ticket: 'T-7K3F9QXZ', name: NAMES['p-00000002'] ?? '', mail: 'maximiliane@example.com', speaks: 'ja', subject: 'roles', question: '画面が **真っ白** です。[x](http://example.com)\n'.repeat(12), state: 'waiting', helper: '', waitsSince: LINE_AT, closedBy: '', closedAt: LINE_AT, solved: undefined,
  answers: [{ title: ENTRY.title, question: 'where is my mail', rejected: true }, { title: ENTRY.title, question: '', rejected: false }], path: ['First registration', 'Yes', 'Another one (Open Value, MPSA …)', 'looked up: personal account'], detail: 'contoso.co.jp',
  values: [{ slot: 'signInId', value: 'taro.yamada@contoso.co.jp' }, { slot: 'domain', value: 'contoso.co.jp' }], contracts: FORTY.slice(0, 12).map(() => '…5678'), requests: ['R-7K3F9QXZ'], agreement: 'ea', cloud: 'gcchigh', note: 'Anna: please call back', canDraft: false,
};

export const TALK: TalkView = { ticket: 'T-7K3F9QXZ', question: '画面が **真っ白** です。', state: 'waiting', helper: '', wasClaimed: true, place: 3, minutes: 6 };
