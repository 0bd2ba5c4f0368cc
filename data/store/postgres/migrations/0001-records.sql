-- Every key begins with the tenant, and nothing is unique, ordered or referred to across tenants: the tables may be spread
-- over several servers by tenant_id (Citus, Azure Cosmos DB for PostgreSQL).
-- record is json and not jsonb: jsonb refuses characters that JSON has (U+0000, half of a surrogate pair) and forgets in which
-- order keys stand. The audit chain needs neither: it hashes with sorted keys.
-- The columns after record are derived from it by the program, to find it by. Who changes a record by hand changes them too.
-- Keys are compared byte by byte (collate "C"), so that their order is the same on every server.

create table tenants (
  tenant_id text collate "C" primary key
);

create table people (
  tenant_id text collate "C" not null,
  key text collate "C" not null,
  version int not null,
  record json not null,
  mail text collate "C" not null,
  object_id text collate "C",
  primary key (tenant_id, key),
  constraint people_mail unique (tenant_id, mail),
  constraint people_object_id unique (tenant_id, object_id)
);

-- administrators: who holds the Administrator role on this very contract; its children inherit them.
create table contracts (
  tenant_id text collate "C" not null,
  key text collate "C" not null,
  version int not null,
  record json not null,
  parent_key text collate "C",
  administrators text[] not null,
  request_ids text[] not null,
  primary key (tenant_id, key)
);
create index contracts_request_ids on contracts using gin (request_ids);

-- inserted_at: which of two tickets of one instant is the newer one.
create table tickets (
  tenant_id text collate "C" not null,
  key text collate "C" not null,
  version int not null,
  record json not null,
  person_id text collate "C" not null,
  conversation_key text collate "C" not null,
  is_settled boolean not null,
  opened_at timestamptz,
  thread_keys text[] not null,
  inserted_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, key)
);
create index tickets_of_person on tickets (tenant_id, person_id, opened_at, inserted_at);
create index tickets_unsettled on tickets (tenant_id, conversation_key) where not is_settled;
create index tickets_thread_keys on tickets using gin (thread_keys);

create table help_desks (
  tenant_id text collate "C" not null,
  key text collate "C" not null,
  version int not null,
  record json not null,
  primary key (tenant_id, key)
);

create table chats (
  tenant_id text collate "C" not null,
  key text collate "C" not null,
  version int not null,
  record json not null,
  has_reminders boolean not null,
  primary key (tenant_id, key)
);
create index chats_with_reminders on chats (tenant_id) where has_reminders;

create table ratings (
  tenant_id text collate "C" not null,
  key text collate "C" not null,
  version int not null,
  record json not null,
  primary key (tenant_id, key)
);

create table gaps (
  tenant_id text collate "C" not null,
  key text collate "C" not null,
  version int not null,
  record json not null,
  primary key (tenant_id, key)
);

create table pictures (
  tenant_id text collate "C" not null,
  key text collate "C" not null,
  bytes bytea not null,
  kept_at timestamptz not null default now(),
  primary key (tenant_id, key)
);
create index pictures_kept_at on pictures (tenant_id, kept_at);
-- Images are compressed already.
alter table pictures alter column bytes set storage external;
