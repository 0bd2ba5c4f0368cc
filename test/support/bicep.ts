import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Node } from 'web-tree-sitter';
import { Language, Parser } from 'web-tree-sitter';

/** The text of a Bicep file as a tree; a file of parameters reads like one, once its `param x = …` are variables. */
export async function parseBicep(file: string): Promise<Node> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));
  const text = readFileSync(file, 'utf8');
  const tree = parser.parse(file.endsWith('.bicepparam') ? text.replaceAll(/^param /gm, 'var ').replace(/^using .*$/m, '') : text);
  if (!tree) throw new Error(`${file} cannot be parsed`);
  return tree.rootNode;
}

/** Every node under one, itself first. */
export function nodesOf(node: Node): Node[] {
  return [node, ...node.namedChildren.flatMap((child) => (child ? nodesOf(child) : []))];
}

/** Lines that are not Bicep. */
export function errorsOf(root: Node): string[] {
  const wrong = (node: Node): Node[] => [...(node.isError || node.isMissing ? [node] : []), ...node.children.flatMap((child) => (child ? wrong(child) : []))];
  return wrong(root).map(({ startPosition, text }) => `${startPosition.row + 1}: ${text.slice(0, 60)}`);
}

export interface Declared {
  kind: 'parameter' | 'variable' | 'resource' | 'module' | 'output';
  name: string;
  /** Whether a value has to be given. */
  isRequired: boolean;
  node: Node;
}

export function declaredIn(root: Node): Declared[] {
  return root.namedChildren.flatMap((node) => {
    const kind = /^(parameter|variable|resource|module|output)_declaration$/.exec(node?.type ?? '')?.[1] as Declared['kind'] | undefined;
    const name = node?.namedChildren.find((child) => child?.type === 'identifier')?.text;
    return node && kind && name !== undefined ? [{ kind, name, isRequired: kind === 'parameter' && !node.children.some((child) => child?.type === '='), node }] : [];
  });
}

/** Names that expressions use: of symbols and of functions, without keys, properties and the parameters of lambdas. */
export function usedIn(root: Node): { symbols: Set<string>; functions: Set<string> } {
  const symbols = new Set<string>();
  const functions = new Set<string>();
  const inLambdas = new Set(nodesOf(root).filter(({ type }) => type === 'lambda_expression').flatMap((lambda) => lambda.namedChildren[0]?.text ?? []));
  for (const node of nodesOf(root).filter(({ type }) => type === 'identifier')) {
    const { parent } = node;
    const isFirst = parent?.namedChildren[0]?.id === node.id;
    if (parent?.type === 'call_expression' && isFirst) functions.add(node.text);
    else if (!(isFirst && /^(object_property|lambda_expression|.*_declaration)$/.test(parent?.type ?? '')) && !inLambdas.has(node.text)) symbols.add(node.text);
  }
  return { symbols, functions };
}

/** The value of a key of an object, without quotes where it is plain text. */
export function valueOf(root: Node, key: string): string[] {
  return nodesOf(root).flatMap((node) => (node.type === 'object_property' && node.namedChildren[0]?.text === key ? [node.namedChildren[1]?.text.replaceAll(/^'|'$/g, '') ?? ''] : []));
}
