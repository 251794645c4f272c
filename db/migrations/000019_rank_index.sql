-- concurrently: assignments may be a million, and everybody reads and writes them
-- Within a directive no two stand at the same place.
create unique index concurrently if not exists assignment_rank on assignment (directive, (coalesce(rank, id)));
-- Lists by due time. What is due at one moment is sorted by rank as it is read: with the rank in them, each of these would
-- be written wider at every command. Each before the one it takes the place of goes.
create index concurrently if not exists assignment_held_by_due on assignment (holder, due_at);
drop index concurrently if exists assignment_held;
create index concurrently if not exists assignment_review_by_due on assignment (due_at)
  where phase = 'submitted' or approved < current;
drop index concurrently if exists assignment_review;
create index concurrently if not exists assignment_transfer_by_due on assignment (transfer_to, due_at) where transfer_to is not null;
drop index concurrently if exists assignment_transfer;
create index concurrently if not exists assignment_asked_by_due on assignment (due_at) where asked;
drop index concurrently if exists assignment_asked;
