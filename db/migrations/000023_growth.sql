-- What is written again and again leaves the indexes alone: a row of an assignment is changed at every command, and all its
-- indexes were written anew with it, since some of them told its phase, its clock or its version.

alter table assignment
  -- a report, or a correction, waits for its issuer
  add column waits boolean not null default false,
  -- room for one more version of a row beside the others of its page
  set (fillfactor = 85);

-- Processes of the release before know nothing of the column. To be dropped with the release after this one.
create function assignment_waits() returns trigger language plpgsql as $$
begin
  update assignment set waits = (phase = 'submitted' or approved < current)
   where directive = new.directive and id = new.id;
  return null;
end $$;
create trigger assignment_waits after insert or update on assignment
  for each row when (new.waits is distinct from (new.phase = 'submitted' or new.approved < new.current))
  execute function assignment_waits();

alter table event
  -- the first half of the command's id, which is as unique as the whole; `command` is what the releases before have written
  add column command_id uuid;
