import type { Activity, Attachment } from 'botbuilder';
import { z } from 'zod';
import type { CardAction } from '../../cards/actions.ts';
import { reconciliationCard } from '../../cards/reconciliation.ts';
import { messageCard } from '../../cards/message.ts';
import { ContractId } from '../../data/model/ids.ts';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import { exportAudit } from '../../data/operations/auditExport.ts';
import type { AuditFormat } from '../../data/operations/auditExport.ts';
import { AUDIT_FORMATS } from '../../data/operations/auditExport.ts';
import { readContractsCsv } from '../../data/operations/contractsCsv.ts';
import { importContracts } from '../../data/operations/importContracts.ts';
import { contractsAdministeredBy } from '../../data/operations/lists.ts';
import { loadContract } from '../../data/operations/load.ts';
import { isPortalList, readPortalList } from '../../data/operations/portalListCsv.ts';
import { acceptDifference, reconcile } from '../../data/operations/reconcile.ts';
import { showContract } from '../../data/operations/showContract.ts';
import { operates } from '../../data/rules/rules.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import { card, text } from '../reply.ts';
import type { CardReply } from '../teams/notifier.ts';
import { download, FileFault, textOfFile, upload } from '../teams/files.ts';
import type { Turn } from '../turn.ts';

type Of<V extends CardAction['verb']> = Extract<CardAction, { verb: V }>;

const DOWNLOAD = 'application/vnd.microsoft.teams.file.download.info';
const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const FILE = 'application/vnd.microsoft.teams.card.file.info';
/** Lines of problems that are said. */
const PROBLEMS_SHOWN = 10;

/** Whether a message brings a file. */
export function hasFile({ attachments }: Partial<Activity>): boolean {
  return (attachments ?? []).some(({ contentType }) => contentType === DOWNLOAD);
}

/** A file in the own chat: the portal's list of users from an administrator, the contract list from an operator. */
export async function onFile(house: House, turn: Turn, typed: string): Promise<Reply[]> {
  const { files: words } = turn.words;
  if (!turn.isPersonal) return [text(turn.words.personalOnly)];
  if (!turn.person) return [text(turn.words.faults.unidentified)];
  const file = (turn.context.activity.attachments ?? []).find(({ contentType }) => contentType === DOWNLOAD);
  let content: string;
  try {
    content = textOfFile(await download(house.files, (file?.content as { downloadUrl?: unknown } | undefined)?.downloadUrl));
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return [text(words.faults[error.message as keyof typeof words.faults])];
  }
  if (isPortalList(content)) return reconciled(house, turn, turn.person, typed, content);
  if (/^\uFEFF?"?contract_id"?\s*,/.test(content)) return [text(await imported(house, turn, turn.person, content))];
  return [text(words.unknown)];
}

/** The contract list: only an operator imports it, and only contracts of the own tenant. */
async function imported(house: House, turn: Turn, person: Person, content: string): Promise<string> {
  const { files: words } = turn.words;
  const against = operates(person, house.operators);
  if (against) return refusalText(turn.lang, against);
  const { rows, problems } = readContractsCsv(content);
  const foreign = rows.filter(({ contract }) => contract.tenantId !== person.tenantId).map(({ contract }) => contract.id);
  if (foreign.length > 0) return words.otherTenant(foreign.slice(0, PROBLEMS_SHOWN).join(', '));
  const report = problems.length > 0 ? undefined : await importContracts(house, content, person);
  for (const { contract } of report ? rows : []) house.settle(person.tenantId, contract.id);
  if (report) return words.imported(report.created.length, report.changed.length, report.unchanged.length);
  return [words.nothingImported, ...problems.slice(0, PROBLEMS_SHOWN).map(({ line, reason }) => `${line}: ${reason}`)].join('\n\n');
}

async function reconciled(house: House, turn: Turn, person: Person, typed: string, content: string): Promise<Reply[]> {
  const { files: words } = turn.words;
  const { rows, problems } = readPortalList(content);
  if (problems.length > 0) return [text([words.nothingCompared, ...problems.slice(0, PROBLEMS_SHOWN).map(({ line, reason }) => `${line}: ${reason}`)].join('\n\n'))];
  const own = (await contractsAdministeredBy(house.contracts, person)).map(({ contract }) => contract.id);
  const named = ContractId.safeParse(typed).data;
  const inFile = [...new Set(rows.flatMap(({ contractId }) => (contractId === undefined ? [] : [contractId])))];
  const ids = inFile.length > 0 ? inFile : named !== undefined ? [named] : own.length === 1 ? own : [];
  if (ids.length === 0) return [text(words.whichContract)];
  const replies: Reply[] = [];
  for (const id of ids) {
    const result = await reconcile(house, () => loadContract(house.contracts, person, id), person, rows.filter(({ contractId }) => contractId === undefined || contractId === id));
    replies.push(result.ok ? card(turn.words.reconciliation.title(id), reconciliationCard(turn.lang, { record: result.value, page: 0 })) : text(`${id}: ${refusalText(turn.lang, result.refusal)}`));
  }
  return replies.slice(0, PROBLEMS_SHOWN);
}

/** What differs from the portal, of a contract the person administers. */
export async function reconciliationReply(house: House, turn: Turn, person: Person, contractId: string, page = 0): Promise<CardReply> {
  const shown = await showContract(house.contracts, person, contractId);
  if (!shown.ok) {
    const sentence = refusalText(turn.lang, shown.refusal);
    return { title: sentence, card: messageCard(turn.lang, { paragraphs: [sentence] }) };
  }
  return drawn(turn, shown.value, page);
}

export async function accept(house: House, turn: Turn, person: Person, action: Of<'accept'>): Promise<Pressed> {
  const wish = { contractId: action.contract, ...(action.difference === undefined ? {} : { differenceId: action.difference }) };
  const result = await acceptDifference(house, person, wish);
  if (!result.ok) {
    const shown = await showContract(house.contracts, person, action.contract);
    const problem = refusalText(turn.lang, result.refusal);
    return shown.ok ? { inPlace: drawn(turn, shown.value, 0, { text: problem, style: 'attention' }) } : { say: problem };
  }
  const { record, accepted } = result.value;
  house.settle(record.contract.tenantId, record.contract.id);
  return { inPlace: drawn(turn, record, 0, { text: turn.words.reconciliation.accepted(accepted), style: 'good' }) };
}

function drawn(turn: Turn, record: ContractRecord, page: number, note?: Parameters<typeof reconciliationCard>[1]['note']): CardReply {
  return { title: turn.words.reconciliation.title(record.contract.id), card: reconciliationCard(turn.lang, { record, page, ...(note ? { note } : {}) }) };
}

/** Offers the history as a file: Teams asks the person where it may go. */
export async function auditFile(house: House, turn: Turn, person: Person, action: Of<'auditFile'>): Promise<Pressed> {
  const content = await auditOf(house, person, action.contract, action.format);
  if (typeof content !== 'string') return { say: refusalText(turn.lang, content) };
  const consent: Attachment = {
    contentType: CONSENT,
    name: nameOf(action.contract, action.format),
    content: { description: turn.words.audit.title(action.contract), sizeInBytes: Buffer.byteLength(content), acceptContext: { contract: action.contract, format: action.format }, declineContext: {} },
  };
  return { say: turn.words.shownBelow, replies: [{ kind: 'attachment', attachment: consent }] };
}

/** What Teams sends when the person answered. */
const Consent = z.object({
  action: z.enum(['accept', 'decline']),
  context: z.object({ contract: ContractId, format: z.enum(AUDIT_FORMATS) }).partial(),
  uploadInfo: z.object({ uploadUrl: z.string(), contentUrl: z.string(), name: z.string(), uniqueId: z.string(), fileType: z.string() }).partial().optional(),
});

/** Writes the file to where the person agreed to; the right is asked anew. */
export async function onConsent(house: House, turn: Turn, sentBack: unknown): Promise<Reply[]> {
  const parsed = Consent.safeParse(sentBack);
  const { files: words, faults } = turn.words;
  if (!turn.isPersonal) return [text(turn.words.personalOnly)];
  if (!parsed.success || !turn.person) return [text(faults.unknownAction)];
  const { action, context, uploadInfo } = parsed.data;
  if (action === 'decline') return [text(words.declined)];
  if (context.contract === undefined || context.format === undefined) return [text(faults.unknownAction)];
  const content = await auditOf(house, turn.person, context.contract, context.format);
  if (typeof content !== 'string') return [text(refusalText(turn.lang, content))];
  try {
    await upload(house.files, uploadInfo?.uploadUrl, Buffer.from(content));
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return [text(words.faults[error.message as keyof typeof words.faults])];
  }
  const { contentUrl = '', name = nameOf(context.contract, context.format), uniqueId = '', fileType = context.format } = uploadInfo ?? {};
  return [{ kind: 'attachment', attachment: { contentType: FILE, contentUrl, name, content: { uniqueId, fileType } } }];
}

async function auditOf(house: House, person: Person, contractId: string, format: AuditFormat): Promise<string | Parameters<typeof refusalText>[1]> {
  const shown = await showContract(house.contracts, person, contractId);
  if (!shown.ok) return shown.refusal;
  const ids = new Set(shown.value.events.flatMap(({ act }) => [act.by, 'forId' in act ? act.forId : undefined]).filter((id) => id !== undefined));
  const mails = new Map<string, string>();
  for (const id of ids) mails.set(id, (await house.people.get(person.tenantId, id))?.mail ?? id);
  return exportAudit([shown.value], format, (id) => mails.get(id) ?? id);
}

function nameOf(contractId: string, format: AuditFormat): string {
  return `audit-${contractId}.${format}`;
}
