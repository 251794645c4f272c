-- What was done to the installation and by whom it was entered: one log, chained as a desk's is. It goes on from the log of
-- administrators, whose rows are its first.

create table security_event (
  seq int primary key,
  type text not null,
  -- none: at the machine itself, or nobody who is known
  actor text,
  -- the token the actor came with, where it was one
  token text,
  -- the network address
  address text,
  -- when it happened; `at` is when it was written
  received timestamptz not null,
  at timestamptz not null,
  data jsonb not null,
  hash text not null
);
create index security_event_actor on security_event (actor, seq) where actor is not null;
create index security_event_type on security_event (type, seq);
create index security_event_at on security_event (at);

-- The end of the log. A row of its own: who signs in must not wait for who changes the organisation, and that one holds the
-- installation's row.
create table security_head (
  is_only boolean primary key default true check (is_only),
  seq int not null default 0,
  hash text not null default '',
  at timestamptz not null default '-infinity'
);

insert into security_event (seq, type, actor, received, at, data, hash)
  select seq, type, actor, at, at, data, hash from installation_event;
insert into security_head (seq, hash, at)
  select log_seq, log_hash, coalesce((select max(at) from installation_event), '-infinity') from installation;
