import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'web-tree-sitter';
import type { Declared } from '../support/bicep.ts';
import { declaredIn, errorsOf, nodesOf, parseBicep, usedIn, valueOf } from '../support/bicep.ts';

// The compiler of Bicep comes from nowhere that tests may load it, so that what it would refuse is looked for here: a syntax error, a name that nobody declares, a module that gets other parameters than it has.

const FOLDER = 'appPackage/azure';
const FILES = ['main.bicep', 'database.bicep', 'processes.bicep'];
const PARAMETERS = 'main.bicepparam';
const FUNCTIONS = ['cidrSubnet', 'concat', 'environment', 'guid', 'items', 'json', 'map', 'readEnvironmentVariable', 'replace', 'resourceGroup', 'string', 'subscriptionResourceId', 'substring', 'toLower', 'union', 'uniqueString', 'uriComponent'];
const DECORATORS = ['allowed', 'description', 'maxLength', 'maxValue', 'minLength', 'minValue', 'secure'];

const trees = new Map<string, Node>();
const tree = (file: string): Node => trees.get(file)!;
const declared = (file: string): Declared[] => declaredIn(tree(file));
const parametersOf = (file: string): Declared[] => declared(file).filter(({ kind }) => kind === 'parameter');
beforeAll(async () => {
  for (const file of [...FILES, PARAMETERS]) trees.set(file, await parseBicep(join(FOLDER, file)));
});

describe.each([...FILES, PARAMETERS])('%s', (file) => {
  test('is Bicep', () => {
    expect(errorsOf(tree(file))).toEqual([]);
  });

  test('uses what is declared', () => {
    const { symbols, functions } = usedIn(tree(file));
    const names = declared(file).filter(({ kind }) => kind !== 'output').map(({ name }) => name);
    expect([...symbols].filter((name) => !names.includes(name))).toEqual([]);
    expect([...functions].filter((name) => ![...FUNCTIONS, ...DECORATORS].includes(name))).toEqual([]);
    // What a file of parameters sets is for another one.
    const unused = names.filter((name) => !symbols.has(name) && declared(file).some((one) => one.name === name && (one.kind === 'parameter' || one.kind === 'variable')));
    expect(file === PARAMETERS ? [] : unused).toEqual([]);
  });

  test('names released versions of resources', () => {
    const types = declared(file).filter(({ kind }) => kind === 'resource').map(({ node }) => node.namedChildren[1]?.text ?? '');
    expect(types.filter((type) => !/^'Microsoft\.[\w.]+(\/\w+)+@\d{4}-\d\d-\d\d'$/.test(type))).toEqual([]);
  });
});

test.each(FILES)('%s says what each parameter and output is', (file) => {
  const blocks = readFileSync(join(FOLDER, file), 'utf8').split('\n\n').filter((block) => /^(param|output) /m.test(block));
  expect(blocks.filter((block) => !block.startsWith('@description('))).toEqual([]);
});

test('each module gets the parameters that it has', () => {
  for (const { name, node } of declared('main.bicep').filter(({ kind }) => kind === 'module')) {
    const has = parametersOf(node.namedChildren[1]?.text.replaceAll("'", '') ?? '').map((parameter) => parameter.name);
    const params = nodesOf(node).find(({ type, namedChildren: [key] }) => type === 'object_property' && key?.text === 'params')?.namedChildren[1];
    const gets = params?.namedChildren.map((property) => property?.namedChildren[0]?.text);
    expect([name, gets?.toSorted()]).toEqual([name, has.toSorted()]);
  }
});

test('the file of parameters gives every one that is needed, and none that is unknown', () => {
  const given = declared(PARAMETERS).map(({ name }) => name);
  const known = parametersOf('main.bicep');
  expect(known.filter(({ name, isRequired }) => isRequired && !given.includes(name)).map(({ name }) => name)).toEqual([]);
  expect(given.filter((name) => !known.some((parameter) => parameter.name === name))).toEqual([]);
});

test('the README beside it says what each parameter is, and sets every variable that the file of parameters reads', () => {
  const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  expect(parametersOf('main.bicep').map(({ name }) => name).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  const read = [...readFileSync(join(FOLDER, PARAMETERS), 'utf8').matchAll(/= readEnvironmentVariable\('(\w+)'\)/g)].map(([, name]) => name);
  expect(read.length).toBeGreaterThan(0);
  expect(read.filter((name) => !new RegExp(`^export .*\\b${name}=`, 'm').test(readme))).toEqual([]);
});

test('secrets stay secret on their way', () => {
  for (const file of FILES) {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    for (const { name } of parametersOf(file).filter((parameter) => /password|secrets/i.test(parameter.name))) expect(text).toMatch(new RegExp(`@secure\\(\\)\nparam ${name} `));
    expect(declared(file).filter(({ kind, node }) => kind === 'output' && /password|secret|listKeys/i.test(node.text)).map(({ name }) => name)).toEqual([]);
  }
});

test('the processes get settings that the bot has', () => {
  const own = declared('processes.bicep').find(({ name }) => name === 'ownSettings')!.node;
  const names = [own, tree('main.bicep')].flatMap((node) => nodesOf(node)).filter(({ type }) => type === 'object_property').map(({ namedChildren: [key] }) => key?.text ?? '');
  const settings = names.filter((name) => /^(Microsoft\w+|[A-Z_]{4,})$/.test(name));
  expect(settings).toEqual(expect.arrayContaining(['MicrosoftAppId', 'MicrosoftAppType', 'PUBLIC_URL', 'CLOUD', 'OPERATORS', 'DATABASE_URL']));
  const example = readFileSync('.env.example', 'utf8');
  expect(settings.filter((name) => !new RegExp(`^${name}(_FILE)?=`, 'm').test(example))).toEqual([]);
});

test('the Container App and the image agree on port, folder and user; both health pages are asked', () => {
  const image = readFileSync(join(FOLDER, 'Dockerfile'), 'utf8');
  const app = tree('processes.bicep');
  const port = declared('processes.bicep').find(({ name }) => name === 'port')!.node.text.replace(/\D+/, '');
  expect(image).toContain(`PORT=${port} `);
  expect([valueOf(app, 'targetPort'), new Set(valueOf(app, 'port'))]).toEqual([['port'], new Set(['port'])]);
  expect(image).toContain(`DATA_DIR=${valueOf(app, 'mountPath')[0]}\n`);
  const [, uid, gid] = /^USER (\d+):(\d+)$/m.exec(image)!;
  expect(valueOf(app, 'mountOptions')[0]).toMatch(new RegExp(`^uid=${uid},gid=${gid},`));
  const probes = nodesOf(app).filter(({ type, namedChildren: [key, value] }) => type === 'object' && key?.namedChildren[0]?.text === 'type' && value?.text.startsWith('httpGet'));
  expect(probes.map((probe) => [valueOf(probe, 'type')[0], valueOf(probe, 'path')[0]])).toEqual([['Startup', '/healthz'], ['Liveness', '/healthz'], ['Readiness', '/readyz?of=store,token']]);
});
