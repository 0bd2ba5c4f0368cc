import { z } from 'zod';
import { ContractId, Day, Mail, TenantId } from './ids.ts';

/** Microsoft’s volume licensing programmes, under their own names. */
export const PROGRAMS = ['EA', 'EAS', 'Select Plus', 'MPSA', 'Open Value', 'Open Value Subscription', 'Open License', 'Other'] as const;
export const Program = z.enum(PROGRAMS);
export type Program = z.infer<typeof Program>;

/** The clouds a contract can be on (facts 10-12); an Entra ID reaches contracts of its own cloud only (fact 17). */
export const CLOUDS = ['public', 'gcc', 'gcchigh', 'dod'] as const;
export const Cloud = z.enum(CLOUDS);
export type Cloud = z.infer<typeof Cloud>;

/** A volume licensing contract, as the import says it. */
export const Contract = z.object({
  id: ContractId,
  tenantId: TenantId,
  name: z.string().trim().min(1).max(200).regex(/^\P{C}*$/u),
  program: Program,
  cloud: Cloud,
  parentId: ContractId.optional(),
  /** Last day of the contract, in the contract's own calendar. */
  endDate: Day.optional(),
  primaryContact: Mail.optional(),
  noticesContact: Mail.optional(),
});
export type Contract = z.infer<typeof Contract>;

/** The two kinds of agreement that Microsoft's rules tell apart: `ea` is EA and EAS, `other` every other programme. */
export const AGREEMENTS = ['ea', 'other'] as const;
export type Agreement = (typeof AGREEMENTS)[number];

/** The kind of agreement a programme is. */
export function agreementOf(program: Program): Agreement {
  return isEnterprise(program) ? 'ea' : 'other';
}

/** EA and EAS follow other rules than every other programme in facts 5, 34, 75, 76 and 96. */
export function isEnterprise(program: Program): boolean {
  return program === 'EA' || program === 'EAS';
}
