import type { ContractRecord } from '../../model/record.ts';
import type { ContractStore, Saved } from '../../ports.ts';
import { holdersOfAdministrator } from '../../rules/rules.ts';
import type { Collection } from './collection.ts';
import { fileKey } from './fileKey.ts';

/** Contracts in files, one each. */
export class JsonContracts implements ContractStore {
  private readonly files: Collection<ContractRecord>;
  private readonly keysOfTenant = new Map<string, Set<string>>();
  private readonly keyOfRequest = new Map<string, string>();

  constructor(files: Collection<ContractRecord>) {
    this.files = files;
    for (const record of files.all()) this.index(record);
  }

  async get(tenantId: string, contractId: string): Promise<ContractRecord | undefined> {
    return this.withInherited(this.files.get(key(tenantId, contractId)));
  }

  async ofTenant(tenantId: string): Promise<ContractRecord[]> {
    return [...(this.keysOfTenant.get(tenantId) ?? [])].map((k) => this.withInherited(this.files.get(k))).filter((record) => record !== undefined);
  }

  async findByRequest(tenantId: string, requestId: string): Promise<ContractRecord | undefined> {
    const found = this.keyOfRequest.get(requestId);
    const record = found === undefined ? undefined : this.withInherited(this.files.get(found));
    return record?.contract.tenantId === tenantId ? record : undefined;
  }

  async all(): Promise<ContractRecord[]> {
    return this.files.all().map((record) => this.withInherited(record) ?? record);
  }

  async save(record: ContractRecord): Promise<Saved> {
    const saved = await this.files.save({ ...record, inherited: [] });
    if (saved === 'saved') this.index(record);
    return saved;
  }

  /** With the administrators of its parent contract, as they are now. */
  private withInherited(record: ContractRecord | undefined): ContractRecord | undefined {
    const { parentId, tenantId } = record?.contract ?? {};
    const parent = parentId === undefined || tenantId === undefined ? undefined : this.files.get(key(tenantId, parentId));
    return record && parent ? { ...record, inherited: holdersOfAdministrator(parent) } : record;
  }

  private index(record: ContractRecord): void {
    const { tenantId } = record.contract;
    const k = fileKey('contracts', record);
    const keys = this.keysOfTenant.get(tenantId) ?? new Set();
    this.keysOfTenant.set(tenantId, keys.add(k));
    for (const request of record.requests) this.keyOfRequest.set(request.id, k);
  }
}

function key(tenantId: string, id: string): string {
  return fileKey('contracts', { contract: { tenantId, id } });
}
