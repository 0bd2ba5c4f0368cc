import type { Act } from '../model/event.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import type { Deps } from './deps.ts';
import { appendEvent } from './chain.ts';

/** A changed contract, what to answer about it, and what goes into its history. */
export interface Changed<T> {
  record: ContractRecord;
  value: T;
  acts: Act[];
}

const TRIES = 1000;

/**
 * Loads, lets `act` ask the rules and change, saves. When somebody else saved in between, `act` is asked again on
 * the newer record, so a decision is always taken on what is true now.
 */
export async function change<T>(
  deps: Pick<Deps, 'contracts'>,
  load: () => Promise<Result<ContractRecord, Refusal>>,
  act: (record: ContractRecord) => Result<Changed<T>, Refusal> | Promise<Result<Changed<T>, Refusal>>,
): Promise<Result<T, Refusal>> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const loaded = await load();
    if (!loaded.ok) return loaded;
    const result = await act(loaded.value);
    if (!result.ok) return result;
    const { record, value, acts } = result.value;
    const events = acts.reduce(appendEvent, record.events);
    if ((await deps.contracts.save({ ...record, events })) === 'saved') return ok(value);
  }
  throw new Error(`no save succeeded in ${TRIES} tries`);
}
