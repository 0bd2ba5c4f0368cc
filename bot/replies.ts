import type { Language } from '../data/model/language.ts';
import type { Refusal } from '../data/model/refusal.ts';
import type { Role } from '../data/model/role.ts';
import { TEXTS } from '../data/text/index.ts';

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
      return refusals[refusal.kind];
  }
}
