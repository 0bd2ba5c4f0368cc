import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATEMENTS } from '../../data/store/postgres/statements.ts';
import { againstStatement, againstStep, sqlIn, stepsIn } from '../support/sql.ts';

const FOLDER = 'data/store/postgres';
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
const statements = Object.entries(STATEMENTS).flatMap(([kind, { table: _table, ...all }]) => Object.entries(all).map(([name, text]): [string, string] => [`${kind} ${name}`, text]));

test('every statement in the code is a fixed text and names the tenant of every table in it', () => {
  const found = files.filter((file) => file.endsWith('.ts') && file !== 'statements.ts').flatMap((file) => sqlIn(readFileSync(join(FOLDER, file), 'utf8')).map((sql) => ({ file, ...sql })));
  expect(found.length).toBeGreaterThan(30);
  expect(found.filter(({ isPasted }) => isPasted)).toEqual([]);
  expect(found.map(({ file, text }) => [file, text, againstStatement(text)]).filter(([, , against]) => against !== undefined)).toEqual([]);
});

test('so do those that are made for every kind of record, and nothing but names of tables and columns is put into them', () => {
  expect(statements).toHaveLength(7 * 13);
  expect(statements.map(([name, text]) => [name, text, againstStatement(text)]).filter(([, , against]) => against !== undefined)).toEqual([]);
  const sources = sqlIn(readFileSync(join(FOLDER, 'statements.ts'), 'utf8'));
  expect(sources).toHaveLength(13);
  expect(new Set(sources.flatMap(({ text }) => [...text.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1])))).toEqual(new Set(['table', 'names', 'values', 'changes', 'columns.length + 3', 'STAMP']));
});

test('one statement asks whose the rows are, of every table of records and pictures', () => {
  const asking = files.filter((file) => file.endsWith('.ts')).flatMap((file) => sqlIn(readFileSync(join(FOLDER, file), 'utf8')).filter(({ text }) => text.includes(' union ')).map(({ text }) => ({ file, text })));
  expect(asking.map(({ file }) => file)).toEqual(['everyTenant.ts']);
  expect([...asking[0]!.text.matchAll(/ from (\w+)/g)].map((match) => match[1])).toEqual([...Object.values(STATEMENTS).map(({ table }) => table), 'pictures']);
});

test('every key and every index of the schema begins with the tenant', () => {
  const steps = files.filter((file) => file.endsWith('.sql')).flatMap((file) => stepsIn(readFileSync(join(FOLDER, file), 'utf8')));
  expect(steps.filter((step) => step.startsWith('create table'))).toHaveLength(11);
  expect(steps.map((step) => [step, againstStep(step)]).filter(([, against]) => against !== undefined)).toEqual([]);
});

test.each([
  "const ALL = 'select record from people where mail = $1';",
  "const ALL = 'select c.record from contracts c left join contracts p on p.key = c.parent_key where c.tenant_id = $1';",
  "const ALL = 'update chats set version = 1 where key = $1';",
  "const ALL = 'delete from turns';",
  "const ALL = `insert into gaps (key, tenant_id) values ($1, $2)`;",
  "const ALL = 'insert into gaps (tenant_id, key) values ($1, $2) on conflict (key) do nothing';",
  "const ALL = 'select count(*) from tenants';",
  "const ALL = 'select tenant_id from people';",
  "const ALL = 'select tenant_id from people union select key from chats';",
  "const ALL = 'select tenant_id, record from people union select tenant_id, record from chats';",
  "const ALL = 'select tenant_id from people where mail = $1 union select tenant_id from chats';",
  'const ALL = "SELECT 1 FROM work WHERE tenant_id <> $1";',
])('a statement without its tenant is seen: %s', (planted) => {
  expect(sqlIn(planted).map(({ text }) => againstStatement(text))).toEqual([expect.any(String)]);
});

test.each(["const A = 'select record from people where tenant_id = ' + tenantId;", 'const A = `select record from people where tenant_id = $1 and mail = ${mail}`;'])('a value that is put into a statement is seen: %s', (planted) => {
  expect(sqlIn(planted)).toEqual([expect.objectContaining({ isPasted: true })]);
});

test.each([
  'create table notes (key text primary key, tenant_id text)',
  'create table notes (tenant_id text collate "C" not null, key text, primary key (key, tenant_id))',
  'create table notes (tenant_id text collate "C" not null, key text references people, primary key (tenant_id, key))',
  'create table notes (tenant_id text collate "C" not null, n bigserial, primary key (tenant_id, n))',
  'create unique index on people (mail)',
  'create index on people (mail, tenant_id)',
  'alter table people add constraint one unique (mail)',
  'update people set mail = chats.key from chats where chats.tenant_id = people.tenant_id',
])('a table or index that holds tenants together is seen: %s', (planted) => {
  expect(againstStep(planted)).toEqual(expect.any(String));
});
