-- The locks come last, because every picture is read for its digest first.

-- A picture's digest is of its tenant, its key and its instant too (see pictureDigest.ts). One that is not that of its bytes stays: it is damage.
update pictures
  set kept_at = date_trunc('milliseconds', kept_at),
    digest = encode(sha256(convert_to(concat_ws(chr(10), tenant_id, key, to_char(kept_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), encode(sha256(bytes), 'hex')), 'UTF8')), 'hex')
  where digest is null or digest = encode(sha256(bytes), 'hex');

-- From here on every row has a digest. The records of before there were any were given theirs first, by giveDigests.ts.
alter table people alter column digest set not null;
alter table contracts alter column digest set not null;
alter table tickets alter column digest set not null;
alter table help_desks alter column digest set not null;
alter table chats alter column digest set not null;
alter table ratings alter column digest set not null;
alter table gaps alter column digest set not null;
alter table pictures alter column digest set not null;
