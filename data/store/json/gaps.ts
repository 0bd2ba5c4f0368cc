import type { Gap } from '../../model/gap.ts';
import type { Language } from '../../model/language.ts';
import type { GapStore, Saved } from '../../ports.ts';
import type { Collection } from './collection.ts';
import { fileKey } from './fileKey.ts';

/** Unanswered questions in files, one each. */
export class JsonGaps implements GapStore {
  private readonly files: Collection<Gap>;

  constructor(files: Collection<Gap>) {
    this.files = files;
  }

  async get(tenantId: string, language: Language, question: string): Promise<Gap | undefined> {
    return this.files.get(fileKey('gaps', { tenantId, language, question }));
  }

  async ofTenant(tenantId: string): Promise<Gap[]> {
    return this.files.all().filter((gap) => gap.tenantId === tenantId);
  }

  save(gap: Gap): Promise<Saved> {
    return this.files.save(gap);
  }

  remove(gap: Gap): Promise<void> {
    return this.files.remove(fileKey('gaps', gap));
  }
}
