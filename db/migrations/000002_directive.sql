-- Directives and their desks, assignments, the event log, submissions and notifications.

create table directive (
  id text primary key,
  number text not null unique,
  title text not null,
  -- the request as posted: notice, items, dispatch; what a copy or a late issue starts from
  request jsonb not null,
  -- what the items ask, without dispatch: read with every command
  items jsonb not null,
  superior text,
  office text not null,
  urgency text not null,
  calendar text not null,
  -- the policy as it was when issued (design.md §6)
  policy jsonb not null,
  phase text not null check (phase in ('draft', 'open', 'closed', 'cancelled')),
  orders jsonb not null default '[]',
  version int not null default 1,
  received_at timestamptz not null,
  issued_at timestamptz,
  due_at timestamptz,
  office_due_at timestamptz,
  closed_at timestamptz,
  made_by text not null,
  made_at timestamptz not null default clock_timestamp()
);
create index directive_made on directive (made_at desc, id desc);

-- One desk, one writer (advisory lock on its id), one log, one workflow.
create table desk (
  id text primary key,
  directive text not null references directive,
  kind text not null check (kind in ('directive', 'taskForce', 'unit')),
  node text,
  parent text,
  issued boolean not null default false,
  -- its own assignments and the desks below that are not settled
  unsettled int not null,
  -- told its parent that all is settled
  complete boolean not null default false,
  -- how many orders above it it has passed on to the desks below
  orders int not null default 0,
  seq int not null default 0,
  hash bytea not null default '',
  last_at timestamptz,
  -- the mark: the clockwork is needed while asked is not looked (design.md §3)
  asked int not null default 1,
  asked_at timestamptz not null default clock_timestamp(),
  looked int not null default 0,
  looked_at timestamptz,
  planned_at timestamptz,
  ended boolean not null default false,
  -- sentinel: nudges since the last look
  nudged_at timestamptz,
  nudges int not null default 0
);
create index desk_directive on desk (directive);
create index desk_parent on desk (parent) where parent is not null;
create index desk_node on desk (node) where node is not null;
create index desk_behind_mark on desk (asked_at) where asked <> looked and not ended;
create index desk_behind_wake on desk (planned_at) where planned_at is not null and not ended;

-- What a desk will issue: its assignments with their deadlines, stored with the request that sends them out.
create table plan (
  desk text primary key references desk,
  directive text not null,
  rows jsonb not null
);

-- One row an assignment; `state` is the fold of its events, the columns are what queries ask of it.
create table assignment (
  directive text not null,
  id text not null,
  desk text not null,
  parent text,
  item text not null,
  task_force text not null,
  unit text,
  holder text not null,
  level smallint not null,
  node boolean not null,
  own_desk text,
  phase text not null,
  settled boolean not null,
  due_at timestamptz not null,
  next_wake timestamptz,
  -- direct children in the same desk that are not settled
  unsettled int not null default 0,
  approved int not null default 0,
  current int not null default 0,
  escalation int not null default 0,
  state jsonb not null,
  -- what went wrong when the clockwork treated this row, and when
  fault text,
  fault_at timestamptz,
  primary key (directive, id)
) with (fillfactor = 70);
create index assignment_wake on assignment (desk, next_wake);
create index assignment_held on assignment (holder, due_at, id);
create index assignment_review on assignment (due_at, id) where phase = 'submitted' or approved < current;
create index assignment_last on assignment (unit, due_at desc) where approved > 0 and unit is not null and not node;
create index assignment_fault on assignment (desk) where fault is not null;

create table event (
  directive text not null,
  desk text not null,
  seq int not null,
  epoch int not null,
  tx xid8 not null,
  assignment text,
  type text not null,
  actor text,
  token text,
  command text,
  received timestamptz not null,
  at timestamptz not null,
  data jsonb not null,
  hash bytea not null,
  primary key (directive, desk, seq)
);
create index event_order on event (directive, epoch, tx, desk, seq);
create index event_stream on event (epoch, tx);
create index event_assignment on event (assignment, seq) where assignment is not null;
create unique index event_command on event (command) where command is not null;

-- Every version of every report, and every copy of a merged report sent up; kept for ever.
create table submission (
  directive text not null,
  assignment text not null,
  version int not null,
  kind text not null check (kind in ('report', 'roll-up')),
  content jsonb not null,
  by text,
  at timestamptz not null,
  primary key (directive, assignment, version)
);

create table notification (
  id bigint generated always as identity primary key,
  epoch int not null,
  tx xid8 not null,
  person text not null,
  type text not null,
  -- none for what concerns the person, such as a token made for them
  directive text,
  assignment text,
  data jsonb not null,
  at timestamptz not null,
  read_at timestamptz
);
create index notification_person on notification (person, id desc);
create index notification_unread on notification (person, id desc) where read_at is null;
create index notification_stream on notification (epoch, tx, id);

-- A file belongs to what it is attached to, and is seen by whoever sees that.
create table attachment (
  file text not null,
  directive text not null,
  assignment text not null default '',
  primary key (file, directive, assignment)
);
create index attachment_directive on attachment (directive);
