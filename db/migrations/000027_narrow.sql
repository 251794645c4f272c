-- An assignment's state need not repeat what its columns say, nor say what is at rest. The release before cannot read that:
-- where there are assignments already, it has a week in which it may still run, or be gone back to.
alter table installation add column narrow_from timestamptz not null default clock_timestamp();
update installation set narrow_from = clock_timestamp() + interval '7 days' where exists (select from assignment) or exists (select from person);
