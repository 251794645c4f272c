-- Units stand in the order in which they were handed out (domain/directive/rank.ts), and where nobody gave one in the organisation's.

alter table unit
  -- among the children of the same unit and the members of a task force; units without one follow, as they were told
  add column ordinal int;

-- Sorts byte by byte, as ids do here. What was issued before has none and keeps the order it was always shown in, that of
-- its id, so that nothing sent up or handed up reads differently. Not filled in: a million rows need not be written anew.
alter table assignment add column rank text collate "C";

create unique index assignment_rank on assignment (directive, (coalesce(rank, id)));

-- Lists by due time: what is due at one moment stands in order of rank.
drop index assignment_held;
create index assignment_held on assignment (holder, due_at, (coalesce(rank, id)));
drop index assignment_review;
create index assignment_review on assignment (due_at, (coalesce(rank, id)))
  where phase = 'submitted' or approved < current;
drop index assignment_transfer;
create index assignment_transfer on assignment (transfer_to, due_at, (coalesce(rank, id))) where transfer_to is not null;
drop index assignment_asked;
create index assignment_asked on assignment (due_at, (coalesce(rank, id))) where asked;
