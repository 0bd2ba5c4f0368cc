/** The outcome of an operation. A refusal is a value with a closed set of kinds; only faults are thrown. */
export type Result<T, R> = { ok: true; value: T } | { ok: false; refusal: R };

/** It was done. */
export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
/** It was not done, and why. */
export const refuse = <R>(refusal: R): { ok: false; refusal: R } => ({ ok: false, refusal });
