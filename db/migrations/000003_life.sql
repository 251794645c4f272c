-- The whole life of an assignment: requests that wait for an answer, clocks that stand still, parts of a node's own,
-- amendments of a directive and the figures handed up to the superior.

alter table assignment
  -- version of a node holder's own part
  add column part int not null default 0,
  add column suspended boolean not null default false,
  -- who has been asked to take it over
  add column transfer_to text,
  -- an extension or a "not ours" waits for the issuer
  add column asked boolean not null default false;
create index assignment_transfer on assignment (transfer_to, due_at, id) where transfer_to is not null;
create index assignment_asked on assignment (due_at, id) where asked;

-- A node keeps its own parts beside the copies it sends up, each counted by itself.
alter table submission
  drop constraint submission_kind_check,
  drop constraint submission_pkey;
alter table submission
  add constraint submission_kind_check check (kind in ('report', 'roll-up', 'part')),
  add primary key (directive, assignment, kind, version);

alter table directive
  -- how many figures have been handed up to the superior
  add column handed_up int not null default 0;

-- What changed in a directive that had gone out; `before` and `after` hold only what differs.
create table amendment (
  directive text not null references directive,
  n int not null,
  before jsonb not null,
  after jsonb not null,
  note text not null,
  by text not null,
  at timestamptz not null,
  primary key (directive, n)
);

-- Figures frozen for the superior, and what they became later; kept for ever.
create table hand_up (
  directive text not null references directive,
  n int not null,
  kind text not null check (kind in ('handed-up', 'restated')),
  content jsonb not null,
  digest text not null,
  note text,
  by text,
  at timestamptz not null,
  primary key (directive, n)
);

-- Folding the log of an assignment gives its row (law 7), also of those that were written before: slips that rungs came
-- with, and due times that a return has moved.
update assignment a
   set state = a.state || jsonb_build_object('slips', e.slips)
  from (select directive, assignment, count(*) as slips from event
         where type = 'escalated' and data ? 'slip' group by directive, assignment) e
 where a.directive = e.directive and a.id = e.assignment;
update assignment a
   set state = a.state || jsonb_build_object('basis', '{"by": "instant"}'::jsonb, 'retimedAt', e.at)
  from (select directive, assignment, floor(extract(epoch from max(at)) * 1000)::bigint as at from event
         where type = 'returned' and data ? 'dueAt' group by directive, assignment) e
 where a.directive = e.directive and a.id = e.assignment;
