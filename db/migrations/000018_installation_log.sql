-- Who keeps the installation is itself on the record: a log of its own, chained as a desk's is.

create table installation_event (
  seq int primary key,
  type text not null,
  -- none: whoever sat at the machine itself
  actor text,
  at timestamptz not null,
  data jsonb not null,
  hash text not null
);

alter table installation
  -- the end of that log
  add column log_seq int not null default 0,
  add column log_hash text not null default '';

-- Those of the installation are a handful among many.
create index post_of_installation on post (role) where unit is null and task_force is null;
