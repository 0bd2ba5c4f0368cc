import { execFileSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Copy, Env, From, Healthcheck, Instruction, JSONInstruction } from 'dockerfile-ast';
import { DockerfileParser } from 'dockerfile-ast';
import { layOut, productionPackages } from './packages.ts';

export interface Image {
  /** Where the image's files lie; its `/` is this folder. */
  root: string;
  /** Inside the image. */
  workingDirectory: string;
  environment: Record<string, string>;
  user: { uid: number; gid: number };
  volumes: string[];
  command: string[];
  healthcheck: string[];
}

interface Stage extends Image {
  name: string | null;
}

export const isRoot = process.getuid?.() === 0;

/** Does in a folder what a build would do with the repository, without Docker: the same files come from the same COPY lines, the commands of RUN lines really run. */
export function stageImage(dockerfile: string, ignoreFile: string, into: string): Image {
  const stages: Stage[] = [];
  for (const instruction of DockerfileParser.parse(readFileSync(dockerfile, 'utf8')).getInstructions()) {
    const stage = stages.at(-1);
    if (instruction.getKeyword() === 'FROM') {
      const root = join(into, `stage${stages.length}`);
      mkdirSync(root);
      stages.push({ root, name: (instruction as From).getBuildStage(), workingDirectory: '/', environment: {}, user: { uid: 0, gid: 0 }, volumes: [], command: [], healthcheck: [] });
    } else if (stage) follow(instruction, stage, stages, keptOut(ignoreFile));
  }
  const image = stages.at(-1);
  if (!image) throw new Error(`${dockerfile} has no FROM`);
  return image;
}

function follow(instruction: Instruction, stage: Stage, stages: readonly Stage[], isKeptOut: (path: string) => boolean): void {
  const args = instruction.getArguments().map((argument) => argument.getValue());
  switch (instruction.getKeyword()) {
    case 'WORKDIR':
      stage.workingDirectory = args[0] ?? '/';
      return void mkdirSync(join(stage.root, stage.workingDirectory), { recursive: true });
    case 'ENV':
      for (const property of (instruction as Env).getProperties()) stage.environment[property.getName()] = property.getValue() ?? '';
      return;
    case 'USER':
      stage.user = { uid: Number(args[0]?.split(':')[0]), gid: Number(args[0]?.split(':')[1]) };
      return;
    case 'VOLUME':
      return void stage.volumes.push(...args);
    case 'CMD':
      stage.command = strings(instruction as JSONInstruction);
      return;
    case 'HEALTHCHECK':
      // The parser leaves the command behind CMD as it is written.
      stage.healthcheck = (instruction as Healthcheck).getSubcommand()?.getValue() === 'CMD' ? (JSON.parse(/\bCMD (\[.*\])$/.exec(instruction.getRawArgumentsContent() ?? '')?.[1] ?? '[]') as string[]) : [];
      return;
    case 'RUN':
      return run(instruction.getRawArgumentsContent() ?? '', stage);
    case 'COPY':
      return copy(instruction as Copy, args, stage, stages, isKeptOut);
    case 'EXPOSE':
      return;
    default:
      throw new Error(`${instruction.getKeyword()} is not staged here`);
  }
}

function copy(instruction: Copy, args: readonly string[], stage: Stage, stages: readonly Stage[], isKeptOut: (path: string) => boolean): void {
  const from = instruction.getFromFlag()?.getValue();
  const source = from === undefined ? process.cwd() : stages.find(({ name }) => name === from)?.root;
  if (source === undefined || source === null) throw new Error(`COPY from ${from}: there is no such stage`);
  const target = join(stage.root, stage.workingDirectory, args.at(-1) ?? '');
  for (const path of args.slice(0, -1)) {
    if (from === undefined && isKeptOut(path)) throw new Error(`COPY ${path}: .dockerignore keeps it out`);
    const isFolder = statSync(join(source, path)).isDirectory();
    if (from !== undefined) layOut(join(source, path), target);
    else cpSync(join(source, path), isFolder ? target : join(target, basename(path)), { recursive: true, filter: (file) => !isKeptOut(file.slice(source.length + 1)) });
  }
}

/** What needs a registry or the root of the image is done another way, with the same outcome; everything else runs as it is written. */
function run(command: string, { root, workingDirectory }: Stage): void {
  const here = join(root, workingDirectory);
  const modules = join(here, 'node_modules');
  const made = /^install -d -o (\d+) -g (\d+) (\/\S+)$/.exec(command);
  // A link, because the packages are hundreds of megabytes: until they are pruned, nothing may be written into them.
  if (command === 'npm ci') symlinkSync(resolve('node_modules'), modules);
  else if (command === 'npm prune --omit=dev') {
    rmSync(modules);
    for (const path of productionPackages()) layOut(path, join(here, path));
  } else if (made) {
    const [, uid, gid, folder = ''] = made;
    mkdirSync(join(root, folder), { recursive: true });
    if (isRoot) chownSync(join(root, folder), Number(uid), Number(gid));
  } else execFileSync('sh', ['-c', command], { cwd: here, stdio: 'pipe', env: { PATH: process.env['PATH'] ?? '' } });
}

/** The last pattern that fits decides; only plain paths and a lone `*` are read here. */
function keptOut(ignoreFile: string): (path: string) => boolean {
  const lines = readFileSync(ignoreFile, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const patterns = lines.map((line) => ({ isKept: line.startsWith('!'), path: line.replace(/^!/, '') }));
  return (path) => patterns.findLast((pattern) => pattern.path === '*' || pattern.path === path || path.startsWith(`${pattern.path}/`))?.isKept === false;
}

function strings(instruction: JSONInstruction): string[] {
  return instruction.getJSONStrings().map((one) => one.getJSONValue());
}
