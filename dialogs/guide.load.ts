import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { followers } from './guide.flow.ts';
import type { Decision, Slot } from './guide.ts';
import { FINDINGS, Guide, LOOKS_AT, SLOTS } from './guide.ts';
import { LANGUAGES } from '../data/model/language.ts';

export type Guides = Map<string, Guide>;

/** Reads every `<id>.yaml` of a folder. Throws naming the file and what is wrong with it. */
export async function loadGuides(folder: string): Promise<Guides> {
  const guides: Guides = new Map();
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted()) {
    try {
      const id = file.slice(0, -'.yaml'.length);
      const guide = { id, ...Guide.parse(parse(await readFile(join(folder, file), 'utf8'))) };
      const [problem] = problemsOf(guide);
      if (problem !== undefined) throw new Error(problem);
      guides.set(id, guide);
    } catch (error) {
      throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  for (const guide of guides.values()) {
    for (const step of Object.values(guide.steps)) {
      if (step.kind === 'end' && step.guide !== undefined && !guides.has(step.guide)) throw new Error(`${guide.id}.yaml: guide ${step.guide} does not exist`);
    }
  }
  return guides;
}

/** Steps that do not exist, are never reached, or never end. */
export function problemsOf(guide: Guide): string[] {
  const problems: string[] = [];
  const reached = new Set<string>();
  const visit = (id: string, trail: string[]): void => {
    const step = guide.steps[id];
    if (trail.includes(id)) problems.push(`steps go in a circle: ${[...trail, id].join(' > ')}`);
    else if (!step) problems.push(`step ${id} does not exist`);
    else {
      reached.add(id);
      for (const to of followers(step)) visit(to, [...trail, id]);
    }
  };
  visit(guide.start, []);
  for (const [id, step] of Object.entries(guide.steps)) {
    const wanted: readonly string[] = step.kind === 'check' ? FINDINGS[step.look].filter((finding) => finding !== 'other' || step.compare) : step.kind === 'decide' ? FINDINGS[step.by] : [];
    const ways = step.kind === 'check' ? step.found : step.kind === 'decide' ? step.on : {};
    problems.push(...wanted.filter((finding) => ways[finding] === undefined).map((finding) => `step ${id} has no way for ${finding}`));
    problems.push(...Object.keys(ways).filter((finding) => !wanted.includes(finding)).map((finding) => `step ${id} never finds ${finding}`));
  }
  problems.push(...unasked(guide, guide.start, new Set()));
  const unreached = Object.keys(guide.steps).filter((id) => !reached.has(id));
  return [...new Set(problems), ...unreached.map((id) => `step ${id} is never reached`)];
}

/** What a step works on is asked before it, on every way. */
const NEEDS: Readonly<Record<Decision, readonly Slot[]>> = { mail: ['sender', 'subject'], waiting: ['since'] };

function unasked(guide: Guide, id: string, asked: ReadonlySet<Slot>, depth = 0): string[] {
  const step = guide.steps[id];
  if (!step || depth > Object.keys(guide.steps).length) return [];
  const needs = step.kind === 'check' ? [LOOKS_AT[step.look]] : step.kind === 'decide' ? NEEDS[step.by] : step.kind === 'end' && step.remind !== undefined ? NEEDS.waiting : [];
  const spoken = 'text' in step ? LANGUAGES.flatMap((lang) => placeholders(step.text[lang])) : [];
  const unknown = spoken.filter((name) => name !== 'detail' && !SLOTS.some((slot) => slot === name)).map((name) => `step ${id} speaks of {${name}}, which is nothing`);
  const lacking = [...(needs ?? []), ...SLOTS.filter((slot) => slot !== 'earlierId' && spoken.includes(slot))].filter((slot) => !asked.has(slot)).map((slot) => `step ${id} needs ${slot}, which is not asked before`);
  return [...unknown, ...lacking, ...followers(step).flatMap((to) => unasked(guide, to, step.kind === 'ask' && to === step.goto ? new Set([...asked, step.slot]) : asked, depth + 1))];
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
}
