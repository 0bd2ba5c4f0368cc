import type { Cloud } from '../data/model/contract.ts';
import type { Language } from '../data/model/language.ts';
import type { Refusal } from '../data/model/refusal.ts';
import type { Role } from '../data/model/role.ts';
import { TEXTS } from '../data/text/index.ts';

const CLOUD_NAMES: Record<Cloud, string> = { public: 'Microsoft 365 (commercial)', gcc: 'GCC', gcchigh: 'GCC High', dod: 'DoD' };

/** The sentence for a refusal. */
export function refusalText(lang: Language, refusal: Refusal): string {
  const { refusals, roles, list } = TEXTS[lang];
  const named = (some: Role[]): string => list(some.map((role) => roles[role]));
  switch (refusal.kind) {
    case 'contractUnknown':
      return refusals.contractUnknown(refusal.contractId);
    case 'contractEnded':
      return refusals.contractEnded(refusal.endDate);
    case 'mailInvalid':
      return refusals.mailInvalid(refusal.typed);
    case 'wrongCloud':
      return refusals.wrongCloud(CLOUD_NAMES[refusal.cloud]);
    case 'tooManyRequests':
      return refusals.tooManyRequests(refusal.minutes);
    case 'tooManyAtOnce':
      return refusals.tooManyAtOnce(refusal.most);
    case 'personUnknown':
      return refusals.personUnknown(refusal.mail);
    case 'alreadyClaimed':
      return refusals.alreadyClaimed(refusal.name);
    case 'tooManyPending':
      return refusals.tooManyPending(refusal.count);
    case 'rolesHeld':
      return refusals.rolesHeld(named(refusal.roles));
    case 'rolesPending':
      return refusals.rolesPending(named(refusal.roles));
    case 'contractIdInvalid':
    case 'mailMissing':
    case 'rolesMissing':
    case 'reasonMissing':
    case 'reasonTooLong':
    case 'commentMissing':
    case 'commentTooLong':
    case 'invoiceReaderNotForAdministrators':
    case 'noAdministrator':
    case 'nobodyElseDecides':
    case 'requestUnknown':
    case 'notPending':
    case 'stale':
    case 'notAdministrator':
    case 'ownRequest':
    case 'notRequester':
    case 'assignmentUnknown':
    case 'lastAdministrator':
    case 'notOperator':
    case 'firstApprover':
    case 'secondApproverMissing':
    case 'needsTwoApprovals':
    case 'successorNotApplied':
    case 'rolesNotAsked':
    case 'externalNotForEnterprise':
    case 'invoiceReaderComesByItself':
    case 'untilInvalid':
    case 'ticketTooLong':
    case 'notToApply':
    case 'notApplied':
    case 'leftoverUnknown':
    case 'pickedUnknown':
    case 'ownAdministrator':
    case 'planGone':
    case 'nothingToDo':
    case 'differenceUnknown':
    case 'ticketUnknown':
    case 'ticketClosed':
    case 'notClaimed':
    case 'notHelper':
    case 'membershipUnknown':
    case 'colleagueUnknown':
    case 'channelUnknown':
    case 'questionMissing':
    case 'noHelpDesk':
      return refusals[refusal.kind];
  }
}
