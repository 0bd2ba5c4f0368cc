/** On which contracts a card did not reach whom; kept in memory, because a start tries everything again. */
export class Missed {
  private readonly contractsOf = new Map<string, Map<string, Where>>();

  add(personIds: string[], where: Where): void {
    for (const personId of personIds) {
      const contracts = this.contractsOf.get(personId) ?? new Map<string, Where>();
      this.contractsOf.set(personId, contracts.set(`${where.tenantId}/${where.contractId}`, where));
    }
  }

  /** What is to be tried again for a person, who is then taken for reached. */
  take(personId: string): Where[] {
    const contracts = this.contractsOf.get(personId);
    this.contractsOf.delete(personId);
    return [...(contracts?.values() ?? [])];
  }
}

interface Where {
  tenantId: string;
  contractId: string;
}
