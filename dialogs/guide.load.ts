import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { followers } from './guide.flow.ts';
import { Guide } from './guide.ts';

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
  const unreached = Object.keys(guide.steps).filter((id) => !reached.has(id));
  return [...problems, ...unreached.map((id) => `step ${id} is never reached`)];
}
