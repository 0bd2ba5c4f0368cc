import type { Arbitrary } from 'fast-check';
import * as fc from 'fast-check';
import { z } from 'zod';
import { CardAction } from '../../../cards/actions.ts';

// What a button of every kind would send back if whoever presses it knew the ids of everybody's records: `«name»` stands for one, see `world.ts`.

const ROLES = ['administrator', 'licensePositionReader', 'productDownloadManager', 'productKeysReader', 'benefitsReader', 'onlineServicesManager', 'invoiceReader', 'benefitsReader,productKeysReader', 'owner'];
const contract = fc.constantFrom('12345678', '12345678', '87654321', '55500001', '30009999', '77770001', '00000000');
const mail = fc.constantFrom('anna@example.com', 'eve@example.com', 'new@example.com', 'anna@example.com;bob@example.com', 'no mail');
const person = fc.constantFrom('«anna»', '«bob»', '«cleo»', '«own»', '«victim»', 'p-00000000');
const words = fc.constantFrom('', 'x', 'I need it for the audit', 'key ABCDE-12345-FGHIJ-67890-KLMNO', '監査のため');
const day = fc.constantFrom('', '2026-12-31', '2027-06-30', '2020-01-01', 'tomorrow');
const small = fc.constantFrom(0, 1, 2, 3, 10_000);
const request = fc.constantFrom('«pending»', '«decided»', '«victimRequest»', '«ownRequest»', 'R-00000000');
const version = fc.constantFrom<unknown>(0, 1, 2, 3, '1');
const list = (one: Arbitrary<unknown>): Arbitrary<unknown> => fc.array(one, { maxLength: 4 });
const assignment = fc.constantFrom('«administrator»', '«reader»', '«approved»', '«victimRole»');

/** By the name of the field; a flag or one of a closed list needs none. */
const FIELDS: Record<string, Arbitrary<unknown>> = {
  entry: fc.constantFrom('welcome-mail-missing', 'add-user', 'no-entry'),
  guide: fc.constantFrom('registration', 'welcome-mail', 'support-case', 'page-not-visible', 'no-guide'),
  run: fc.constantFrom('«run»', '«cleoRun»', 'x'),
  rev: small,
  option: fc.constantFrom('yes', 'no', 'ea', 'other'),
  value: fc.oneof(words, mail),
  at: fc.constantFrom('2026-11-23T06:00:00.000Z', '2026-11-23T12:00:00.000Z', '2999-01-01T00:00:00.000Z'),
  contractId: contract,
  contract,
  roles: fc.constantFrom(...ROLES),
  tasks: fc.constantFrom('', 'download', 'productKeysReader'),
  forMail: mail,
  forPerson: fc.constantFrom('', '«annaObject»', 'x'),
  reason: words,
  ticket: fc.constantFrom('«claimed»', '«waiting»', '«closed»', '«victimTicket»', '«ownTicket»', 'T-00000000'),
  until: day,
  request,
  version,
  comment: words,
  picked: fc.constantFrom('«pending»:1', '«pending»:1,«decided»:2', 'x'),
  person,
  assignment,
  assignments: list(assignment),
  leftovers: list(fc.constant('«leftover»')),
  days: fc.constantFrom(30, 90, 365),
  difference: fc.constant('«difference»'),
  deputy: person,
  plan: fc.constantFrom('«plan»', 'x'),
  question: words,
  subject: fc.constantFrom('registration', 'roles', 'other', ''),
  n: small,
  page: small,
  to: fc.constantFrom('', '19:desk@thread.tacv2', '«annaObject»'),
  note: words,
  query: words,
};

/** An action of every verb there is, each as often. */
export const cardAction: Arbitrary<Record<string, unknown>> = fc.oneof(...CardAction.options.map((option) => fc.record(Object.fromEntries(Object.entries(option.shape as Record<string, z.ZodTypeAny>).map(([name, schema]) => [name, valuesOf(name, schema)])))));

function valuesOf(name: string, schema: z.ZodTypeAny): Arbitrary<unknown> {
  const bare = withoutWrapping(schema);
  if (bare instanceof z.ZodLiteral) return fc.constant(bare.value);
  if (bare instanceof z.ZodEnum) return fc.constantFrom<unknown>(...(bare.options as unknown[]));
  // Of some verbs it is the number of another system's ticket; what the schema refuses is sent too.
  const values = FIELDS[name];
  if (values) return values;
  if (bare instanceof z.ZodBoolean || bare instanceof z.ZodUnion) return fc.constantFrom<unknown>(true, false, 'true');
  throw new Error(`the fuzzer has no values for the field "${name}" of a card`);
}

function withoutWrapping(schema: z.ZodTypeAny): z.ZodTypeAny {
  if (schema instanceof z.ZodDefault) return withoutWrapping(schema.removeDefault() as z.ZodTypeAny);
  return schema instanceof z.ZodOptional ? withoutWrapping(schema.unwrap() as z.ZodTypeAny) : schema;
}
