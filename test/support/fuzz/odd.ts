import type { Arbitrary } from 'fast-check';
import * as fc from 'fast-check';

const nested = (levels: number, open: string, close: string): string => `${open.repeat(levels)}1${close.repeat(levels)}`;

/** JSON that no JavaScript value becomes, or that cannot be written out of one. */
const LITERAL: Record<string, string> = {
  infinite: '1e400',
  negativeInfinite: '-1e400',
  negativeZero: '-0',
  tiny: '1e-400',
  long: '9'.repeat(400),
  deep40: nested(40, '[', ']'),
  deep1000: nested(1_000, '[', ']'),
  deep20000: nested(20_000, '[', ']'),
  deepObject: nested(3_000, '{"a":', '}'),
  manyNumbers: `[${'0,'.repeat(20_000)}0]`,
  manyObjects: `[${'{},'.repeat(5_000)}{}]`,
  doubled: '{"a":1,"a":2}',
};

/** The JSON of a value; `«json:name»` in it becomes that literal. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value).replace(/"«json:(\w+)»"/g, (whole, name: string) => LITERAL[name] ?? whole);
}

const STRINGS = [
  '', ' ', '\u0000', 'a\u0000b', '\ud800', 'x\udfff', '\u202eevil\u202c', '\u200b\u200b', '\ufeff', 'İ', 'ﬀ', 'ẞ', '\r\n\r\nGET / HTTP/1.1', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '../../etc/passwd', '..\\..\\x', '%00', '%2e%2e%2f', '${jndi:ldap://x}', '{{7*7}}', '${x}', '<script>alert(1)</script>', "'; drop table people; --", 'null', 'undefined', 'NaN', 'true', '0', '-1', '1e400', '９９９', '〒', '👩‍👩‍👧‍👦', 'é'.normalize('NFD'), 'z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘', 'R-00000000', 'T-00000000', 'p-00000000', '12345678', '9999-99-99', '2026-13-45', '<at>VL Access</at>', 'https://127.0.0.1:1/', 'javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', `[x](${'('.repeat(50)}`, '*'.repeat(300), 'a@'.repeat(200), '1'.repeat(400), `${'a'.repeat(40)}!`.repeat(40), '\u0301'.repeat(1000), 'あ'.repeat(3000),
];

const string = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...STRINGS) }, { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) }, { weight: 1, arbitrary: fc.nat({ max: 200_000 }).map((length) => 'x'.repeat(length)) }, { weight: 1, arbitrary: fc.nat({ max: 20_000 }).map((length) => 'a-'.repeat(length)) });

const number = fc.constantFrom(0, 1, -1, 2, 0.5, 1e21, Number.MAX_SAFE_INTEGER);
const literal = fc.constantFrom(...Object.keys(LITERAL)).map((name) => `«json:${name}»`);

const shape = fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], [{}], { length: 1e9 }, { toString: null }, { toJSON: 'x' }, { type: 'message' }, JSON.parse('{"__proto__":{"admin":true}}'), JSON.parse('{"constructor":{"prototype":{"admin":true}}}'));

/** What nobody expects in a field. */
export const oddValue: Arbitrary<unknown> = fc.oneof({ weight: 4, arbitrary: string }, { weight: 2, arbitrary: number }, { weight: 2, arbitrary: literal }, { weight: 3, arbitrary: shape });

/** Names of fields that are no fields. */
export const oddName: Arbitrary<string> = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'length', '', '\u0000', 'verb', 'tenantId', 'by', 'role', 'isAdministrator', 'person', 'deliveryMode', 'membersAdded', 'attachments', 'value', 'text', 'entities', 'replyToId', 'channelData', 'locale', 'localTimezone', 'expiration', 'callerId', 'relatesTo', 'action', 'suggestedActions', 'x'.repeat(500));
