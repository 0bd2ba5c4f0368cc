import type { DECISIONS } from './guide.ts';
import { FINDINGS } from './guide.ts';

type Decision = (typeof DECISIONS)[number];

/** Official senders, as Microsoft's pages name them (facts 28, 34, 113). */
const SENDER = 'microsoft-noreply@microsoft.com';
const SUBJECTS: readonly (readonly [string, RegExp])[] = [
  ['welcome', /action required: sign in to manage your volume licensing assets|アクションが必要: ?サインインしてボリューム ?ライセンス資産を管理する/u],
  ['ea', /permission changes for microsoft volume licensing contracts/u],
  ['confirmation', /registration successful: welcome to microsoft admin center|登録に成功しました: ?microsoft 管理センターへようこそ/u],
  ['at-risk', /action required: ensure correct account access by january 19/u],
];
const VLSC = /\bvlsc\b|volume licensing service center|ボリューム ?ライセンス ?サービス ?センター/u;

const HOUR = 60 * 60_000;

/** What a decision comes to, by what was said. */
export function decide(by: Decision, said: Readonly<Record<string, string>>, now: Date): string {
  switch (by) {
    case 'mail':
      return mail(said['sender'] ?? '', said['subject'] ?? '');
    case 'waiting': {
      const waited = now.getTime() - Date.parse(said['since'] ?? '');
      const [within2, within10, overdue] = FINDINGS.waiting;
      return waited < 2 * HOUR ? within2 : waited < 10 * HOUR ? within10 : overdue;
    }
  }
}

/** Genuine only when both fit: anybody can write a subject, and look-alike senders differ by one letter. */
function mail(sender: string, subject: string): string {
  // A name may hold an address of its own, before the real one: all of them have to be the official one.
  const addresses = sender.normalize('NFKC').toLowerCase().match(/[^\s@<>()"'「」;,]+@[^\s@<>()"'「」;,]+/gu) ?? [];
  const isAll = (fits: (address: string) => boolean): boolean => addresses.length > 0 && addresses.every(fits);
  const said = subject.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ');
  const known = SUBJECTS.find(([, form]) => form.test(said))?.[0];
  if (known !== undefined && isAll((address) => address === SENDER)) return known;
  return VLSC.test(`${said} ${sender.toLowerCase()}`) && isAll((address) => /@(?:[a-z0-9-]+\.)*microsoft\.com$/u.test(address)) ? 'vlsc' : 'suspicious';
}
