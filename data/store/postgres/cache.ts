/** Characters of JSON that are kept, of all tables together. */
const MOST = 32 * 1024 * 1024;

interface Kept {
  stamp: string;
  record: object;
  length: number;
}

/**
 * Records as they were read last, so that what has not changed is neither sent nor checked again. A row's stamp changes with
 * everything that is done to it, here, in another process or by hand; only together with the stamp that it has now a record is good.
 */
export class RecordCache {
  private readonly kept = new Map<string, Kept>();
  private length = 0;

  find(id: string): { stamp: string; record: object } | undefined {
    return this.kept.get(id);
  }

  /** `isOneOfMany`: read with all the others of its kind, which push nothing out. */
  keep(id: string, { stamp, record, length, isOneOfMany }: Kept & { isOneOfMany: boolean }): void {
    this.forget(id);
    if (length > MOST || (isOneOfMany && this.length + length > MOST)) return;
    this.kept.set(id, { stamp, record, length });
    this.length += length;
    for (const oldest of this.kept.keys()) {
      if (this.length <= MOST) return;
      this.forget(oldest);
    }
  }

  private forget(id: string): void {
    this.length -= this.kept.get(id)?.length ?? 0;
    this.kept.delete(id);
  }
}
