export const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
export const OTHER_TENANT = 'bbbbbbbb-0000-4000-8000-000000000002';

/** Somebody in a test: what the channel vouches for. */
export interface Who {
  id: string;
  objectId: string;
  mail: string;
  name: string;
  tenantId: string;
}

const who = (name: string, n: number, tenantId = TENANT): Who => ({
  id: `29:${name.toLowerCase()}`,
  objectId: `${String(n).repeat(8)}-1111-4111-8111-111111111111`,
  mail: `${name.toLowerCase()}@example.com`,
  name,
  tenantId,
});

export const anna = who('Anna', 1);
export const bob = who('Bob', 2);
export const cleo = who('Cleo', 3);
export const dan = who('Dan', 4);
export const eve = who('Eve', 5);
/** Same mail as Anna would have, in another company. */
export const mallory: Who = { ...who('Mallory', 6, OTHER_TENANT), mail: 'anna@example.com' };

/** Anna and Bob administer 12345678; Eve alone administers 87654321; 55500001 has nobody. */
export const CONTRACTS = `contract_id,name,tenant_id,program,cloud,parent_id,end_date,primary_contact,notices_contact,admins
12345678,Contoso Open Value,${TENANT},Open Value,public,,2028-03-31,anna@example.com,bob@example.com,anna@example.com;bob@example.com
87654321,Contoso EA,${TENANT},EA,public,,2028-03-31,eve@example.com,eve@example.com,eve@example.com
55500001,Nobody's,${TENANT},Select Plus,public,,2028-03-31,,,
30009999,Ended,${TENANT},Open License,public,,2024-03-31,bob@example.com,bob@example.com,bob@example.com
12345678,Same number elsewhere,${OTHER_TENANT},MPSA,public,,2028-03-31,anna@example.com,,anna@example.com
`;
