-- Turns that were done lately, so that an activity that is delivered again is not answered again.
create table turns (
  tenant_id text collate "C" not null,
  conversation_key text collate "C" not null,
  channel_key text collate "C" not null,
  activity_key text collate "C" not null,
  done_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, conversation_key, channel_key, activity_key)
);
create index turns_done_at on turns (tenant_id, done_at);

-- seq: how often the work was asked for; due_at: nobody but the holder begins it earlier; leased_until: the holder is at it.
create table work (
  tenant_id text collate "C" not null,
  key text collate "C" not null,
  seq int not null,
  due_at timestamptz not null,
  leased_until timestamptz,
  holder text not null,
  primary key (tenant_id, key)
);
create index work_due_at on work (tenant_id, due_at);
