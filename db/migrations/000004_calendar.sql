-- Every version of every work calendar an installation has made; those that ship are version 1 without a row.

create table calendar (
  id text not null,
  version int not null,
  body jsonb not null,
  -- where it comes from, e.g. the notice that was loaded
  note text,
  at timestamptz not null default now(),
  by text,
  primary key (id, version)
);

-- The version a directive was planned with; it keeps it until it is planned again.
alter table directive add column calendar_version int not null default 1;
