-- A worker of the release before ranks writes none. While both are at work one directive would have rows of either kind, and
-- what is read by ranks would miss some for ever. So a row that comes without one is given the rank it was planned with.

create function rank_of_older() returns trigger language plpgsql as $$
declare
  above text;
begin
  -- One that is there already keeps what it has.
  if exists (select from assignment a where a.directive = new.directive and a.id = new.id) then
    return new;
  end if;
  if new.parent is not null then
    select a.rank into above from assignment a where a.directive = new.directive and a.id = new.parent;
    -- A tree without ranks, from before there were any, stays one.
    if found and above is null then
      return new;
    end if;
  end if;
  select r.planned ->> 'rank' into new.rank
    from plan p, jsonb_array_elements(p.rows) as r (planned)
   where p.desk = new.desk and p.rows -> 0 ? 'rank' and r.planned ->> 'id' = new.id;
  -- Handed out later, by an API process of that release: below its parent, in the order of codes.
  if new.rank is null then
    new.rank := above || substr(new.id, length(new.parent) + 1);
  end if;
  return new;
end
$$;

create trigger rank_of_older before insert on assignment
  for each row when (new.rank is null) execute function rank_of_older();
