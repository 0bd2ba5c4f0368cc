import { randomUUID } from 'node:crypto';
import { Person } from '../../model/person.ts';
import type { PeopleStore, Saved } from '../../ports.ts';
import { keyText } from './keyText.ts';
import type { Opened } from './table.ts';
import { Table } from './table.ts';

const BY_OBJECT_ID = "select tenant_id, key, xmin::text || '/' || version as stamp from people where tenant_id = $1 and object_id = $2";
const BY_MAIL = "select tenant_id, key, xmin::text || '/' || version as stamp from people where tenant_id = $1 and mail = $2";
const IN_THE_WAY = 'select tenant_id, key, version, record::text from people where tenant_id = $1 and (key = $2 or mail = $3 or object_id = $4)';

/** People, found by id, Entra object id or sign-in mail, of which a tenant has each once. */
export class PostgresPeople implements PeopleStore {
  private readonly table: Table<'people'>;

  constructor(opened: Opened) {
    this.table = new Table('people', opened);
  }

  get(tenantId: string, personId: string): Promise<Person | undefined> {
    return this.table.get(tenantId, personId);
  }

  async byObjectId(tenantId: string, objectId: string): Promise<Person | undefined> {
    return (await this.table.select(BY_OBJECT_ID, [tenantId, keyText(objectId)]))[0];
  }

  async byMail(tenantId: string, mail: string): Promise<Person | undefined> {
    return (await this.table.select(BY_MAIL, [tenantId, keyText(mail)]))[0];
  }

  async ensure(tenantId: string, mail: string): Promise<Person> {
    const person = Person.parse({ version: 0, id: `p-${randomUUID()}`, tenantId, mail });
    for (;;) {
      const known = await this.byMail(tenantId, person.mail);
      if (known) return known;
      // Stale: somebody made the person in between, and the next look finds it.
      if ((await this.save(person)) === 'saved') return { ...person, version: 1 };
    }
  }

  save(person: Person): Promise<Saved> {
    const { tenantId, id, mail, objectId } = person;
    return this.table.save(person, { sql: IN_THE_WAY, values: [tenantId, id, mail, objectId ?? null] });
  }
}
