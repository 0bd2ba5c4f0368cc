import { randomUUID } from 'node:crypto';
import type { Person } from '../../model/person.ts';
import type { PeopleStore, Saved } from '../../ports.ts';
import type { Collection } from './collection.ts';

/** People in files, one each, found by id, Entra object id or sign-in mail. */
export class JsonPeople implements PeopleStore {
  private readonly files: Collection<Person>;
  private readonly idByObject = new Map<string, string>();
  private readonly idByMail = new Map<string, string>();

  constructor(files: Collection<Person>) {
    this.files = files;
    for (const person of files.all()) this.index(person);
  }

  async get(tenantId: string, personId: string): Promise<Person | undefined> {
    const person = this.files.get(personId);
    return person?.tenantId === tenantId ? person : undefined;
  }

  async byObjectId(tenantId: string, objectId: string): Promise<Person | undefined> {
    return this.find(this.idByObject, `${tenantId}/${objectId}`);
  }

  async byMail(tenantId: string, mail: string): Promise<Person | undefined> {
    return this.find(this.idByMail, `${tenantId}/${mail}`);
  }

  async ensure(tenantId: string, mail: string): Promise<Person> {
    return this.files.inTurn(`mail ${tenantId}/${mail}`, async () => {
      const known = await this.byMail(tenantId, mail);
      if (known) return known;
      const person: Person = { version: 0, id: `p-${randomUUID()}`, tenantId, mail, languageChosen: false };
      if ((await this.save(person)) !== 'saved') throw new Error('a fresh person id was taken');
      return { ...person, version: 1 };
    });
  }

  async save(person: Person): Promise<Saved> {
    const before = this.files.get(person.id);
    const saved = await this.files.save(person);
    if (saved === 'saved') {
      if (before && before.mail !== person.mail) this.idByMail.delete(`${before.tenantId}/${before.mail}`);
      if (before?.objectId !== undefined && before.objectId !== person.objectId) this.idByObject.delete(`${before.tenantId}/${before.objectId}`);
      this.index(person);
    }
    return saved;
  }

  private index(person: Person): void {
    this.idByMail.set(`${person.tenantId}/${person.mail}`, person.id);
    if (person.objectId !== undefined) this.idByObject.set(`${person.tenantId}/${person.objectId}`, person.id);
  }

  private find(ids: Map<string, string>, key: string): Person | undefined {
    const id = ids.get(key);
    return id === undefined ? undefined : this.files.get(id);
  }
}
