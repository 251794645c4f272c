-- Versions of figures never fall: what an assignment has taken out of them is added for good (domain/assignment/figure-version.ts).

alter table assignment
  -- of approved figures, and of those that count all that is in; what was taken back before this was not counted
  add column lost_approved int not null default 0,
  add column lost_reported int not null default 0;
