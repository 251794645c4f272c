-- concurrently: assignments may be a million and events ten millions, and everybody reads and writes them
-- Of an assignment: by what seldom changes (docs/decisions/0031). Each before the one it takes the place of goes.
create index concurrently if not exists assignment_waits on assignment (due_at) where waits;
drop index concurrently if exists assignment_review_by_due;
create index concurrently if not exists assignment_unit on assignment (unit, due_at desc) where unit is not null;
drop index concurrently if exists assignment_last;
create index concurrently if not exists assignment_desk on assignment (desk);
drop index concurrently if exists assignment_wake;
-- A desk's log by its place: two numbers instead of the names of directive and desk at each event. Two desks with one hash
-- among a million are as likely as one in thirty million; they could not both write their n-th event.
create unique index concurrently if not exists event_place on event (hashtextextended(desk, 0), seq);
-- What is the same in many is kept once. What is of one transaction, or of one assignment, is sorted when read.
create index concurrently if not exists event_directive on event (directive, epoch, tx);
drop index concurrently if exists event_order;
create index concurrently if not exists event_of_assignment on event (assignment) where assignment is not null;
drop index concurrently if exists event_assignment;
create unique index concurrently if not exists event_command_id on event (command_id) where command_id is not null;
