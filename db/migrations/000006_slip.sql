-- Supervision slips (督办单): numbered documents, each of one `escalated` event.

-- The last number given, one row an office and year. A sequence would leave gaps where a transaction fails; this row is
-- locked until the commit, and what is rolled back gives its numbers back.
create table slip_counter (
  office text not null,
  year smallint not null,
  last int not null,
  primary key (office, year)
);

create table slip (
  -- of its event: <desk>#<seq>
  id text primary key,
  seq int not null,
  directive text not null,
  assignment text not null,
  -- the assignment and those above it: whoever holds one of them sees the slip
  path text[] not null,
  office text not null,
  -- in China's time
  year smallint not null,
  number int not null,
  color text not null check (color in ('blue', 'yellow', 'red')),
  holder text not null,
  issuer text not null,
  clock text not null,
  -- what it says, held fast: a numbered document does not change with what it is about
  facts jsonb not null,
  at timestamptz not null,
  countersigned_at timestamptz,
  countersigned_by text,
  unique (office, year, number)
);
create index slip_assignment on slip (assignment, seq);
create index slip_directive on slip (directive, at desc, id desc);
create index slip_newest on slip (at desc, id desc);
