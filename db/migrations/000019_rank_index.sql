-- concurrently: assignments may be a million, and everybody reads and writes them
-- Within a directive no two stand at the same place.
create unique index concurrently if not exists assignment_rank on assignment (directive, (coalesce(rank, id)));
-- Lists by due time: what is due at one moment stands in order of rank. Each before the one it takes the place of goes.
create index concurrently if not exists assignment_held_ranked on assignment (holder, due_at, (coalesce(rank, id)));
drop index concurrently if exists assignment_held;
create index concurrently if not exists assignment_review_ranked on assignment (due_at, (coalesce(rank, id)))
  where phase = 'submitted' or approved < current;
drop index concurrently if exists assignment_review;
create index concurrently if not exists assignment_transfer_ranked on assignment (transfer_to, due_at, (coalesce(rank, id)))
  where transfer_to is not null;
drop index concurrently if exists assignment_transfer;
create index concurrently if not exists assignment_asked_ranked on assignment (due_at, (coalesce(rank, id))) where asked;
drop index concurrently if exists assignment_asked;
