const LISTED = 'select tenant_id from tenants';
// The one question about the rows of all tenants at once. It asks for nothing but whose they are.
const NAMED = 'select tenant_id from people union select tenant_id from contracts union select tenant_id from tickets union select tenant_id from help_desks union select tenant_id from chats union select tenant_id from ratings union select tenant_id from gaps union select tenant_id from pictures';

/**
 * Every tenant of which there is a record or a picture, in order, and which of them the list of tenants has: what is about all
 * tenants goes by that list, and passes over the rows of one that is missing there. `ask`: gives the rows of a statement.
 */
export async function everyTenant(ask: (sql: string) => Promise<{ tenant_id: string }[]>): Promise<{ all: string[]; listed: ReadonlySet<string> }> {
  const ids = async (sql: string): Promise<Set<string>> => new Set((await ask(sql)).map(({ tenant_id }) => tenant_id));
  const listed = await ids(LISTED);
  return { all: [...new Set([...listed, ...(await ids(NAMED))])].toSorted(), listed };
}
