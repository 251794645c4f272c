-- How far the clockwork has looked the chains of all desks over, and where one was found broken.

create table chain_check (
  is_only boolean primary key default true check (is_only),
  -- when this table was first written: until a pass has ended, its age counts from here
  since timestamptz not null default clock_timestamp(),
  -- the pass under way, or the last one
  began_at timestamptz not null default clock_timestamp(),
  -- the last pass that ended
  finished_at timestamptz,
  -- where the pass stands: null between two passes
  desk text,
  -- the last event of that desk that was looked at, and its hash; null when the desk is done
  seq int,
  hash text
);

create table chain_fault (
  desk text primary key,
  directive text not null,
  -- the first event that is not as it was written; one past the last where the end is missing
  seq int not null,
  seen_at timestamptz not null default clock_timestamp()
);
