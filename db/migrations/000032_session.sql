-- Sessions that people list and revoke, and that end when nobody uses them. Processes of the release before make them
-- with their own twelve hours and know nothing of the rest.

alter table session
  -- how its person names it; the hash of its secret is told to nobody
  add column id text not null default gen_random_uuid()::text,
  -- raised at most once in some minutes: for the end of an idle session, shown by the day
  add column used_at timestamptz not null default now(),
  -- the program and the system of the user agent
  add column device text;
create unique index session_id on session (id);

-- The screen a person has pinned. Beside `body`, which a process of the release before would not read with a field more.
alter table preference add column landing text;
