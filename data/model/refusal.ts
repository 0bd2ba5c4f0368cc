import type { Cloud } from './contract.ts';
import type { RoleRequest } from './request.ts';
import type { Role } from './role.ts';

/** Every reason for which an act is refused; `bot/replies.ts` has a sentence for each. */
export type Refusal =
  | { kind: 'contractIdInvalid' }
  | { kind: 'contractUnknown'; contractId: string }
  | { kind: 'contractEnded'; endDate: string }
  | { kind: 'mailMissing' }
  | { kind: 'tooManyPending'; count: number }
  | { kind: 'mailInvalid'; typed: string }
  | { kind: 'rolesMissing' }
  | { kind: 'reasonMissing' }
  | { kind: 'reasonTooLong' }
  | { kind: 'commentMissing' }
  | { kind: 'commentTooLong' }
  | { kind: 'rolesHeld'; roles: Role[] }
  | { kind: 'rolesPending'; roles: Role[] }
  | { kind: 'invoiceReaderNotForAdministrators' }
  | { kind: 'noAdministrator' }
  | { kind: 'nobodyElseDecides' }
  | { kind: 'requestUnknown' }
  | { kind: 'notPending'; request: RoleRequest }
  | { kind: 'stale' }
  | { kind: 'notAdministrator' }
  | { kind: 'ownRequest' }
  | { kind: 'notRequester' }
  | { kind: 'assignmentUnknown' }
  | { kind: 'lastAdministrator' }
  | { kind: 'notOperator' }
  | { kind: 'firstApprover' }
  | { kind: 'secondApproverMissing' }
  | { kind: 'needsTwoApprovals' }
  | { kind: 'successorNotApplied' }
  | { kind: 'rolesNotAsked' }
  | { kind: 'wrongCloud'; cloud: Cloud }
  | { kind: 'externalNotForEnterprise' }
  | { kind: 'invoiceReaderComesByItself' }
  | { kind: 'untilInvalid' }
  | { kind: 'ticketTooLong' }
  | { kind: 'tooManyRequests'; minutes: number }
  | { kind: 'tooManyAtOnce'; most: number }
  | { kind: 'notToApply' }
  | { kind: 'notApplied' }
  | { kind: 'leftoverUnknown' }
  | { kind: 'personUnknown'; mail: string }
  | { kind: 'pickedUnknown' }
  | { kind: 'ownAdministrator' }
  | { kind: 'planGone' }
  | { kind: 'nothingToDo' }
  | { kind: 'differenceUnknown' }
  | { kind: 'ticketUnknown' }
  | { kind: 'ticketClosed' }
  | { kind: 'alreadyClaimed'; name: string }
  | { kind: 'notClaimed' }
  | { kind: 'notHelper' }
  | { kind: 'membershipUnknown' }
  | { kind: 'colleagueUnknown' }
  | { kind: 'channelUnknown' }
  | { kind: 'questionMissing' }
  | { kind: 'noHelpDesk' };
