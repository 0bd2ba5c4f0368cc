import type { Company } from '../company/write.ts';
import type { Talk } from './talk.ts';

/** A request, who asked for it, where that form stood, and the numbers of who may decide. */
export interface About {
  request: string;
  requester: Talk;
  form: string;
  deciders: [number, number];
}

/** What the people of one bot have asked for, and who they are. */
export interface Waiting {
  company: Company;
  requests: Map<string, About>;
  askers: Talk[];
  /** Administrators by their ids at the channel. */
  deciders: Map<string, Talk>;
}

export function nobodyAsked(company: Company): Waiting {
  return { company, requests: new Map(), askers: [], deciders: new Map() };
}
