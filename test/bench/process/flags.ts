import { readFileSync } from 'node:fs';

/** What `npm start` gives Node: without a limit, V8 on a large machine lets garbage lie until there is half a gigabyte of it. */
export const FLAGS: readonly string[] = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }).scripts.start.match(/--\S+=\S+/g) ?? [];
