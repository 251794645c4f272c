-- The installation: who there is, who may sign in, and what was answered to requests made once.

create table installation (
  is_only boolean primary key default true check (is_only),
  -- raised by a restore or a move to another cluster, so that the order of events goes on
  epoch int not null default 1,
  -- raised by every write to units, people, posts and task forces, in the same transaction
  organisation_version bigint not null default 1,
  -- raised when a session, token or account ends or changes: who is remembered as signed in is then asked again
  sign_in_version bigint not null default 1,
  name text
);
insert into installation default values;

-- `seq` keeps the order in which things were told to us: lists and the export follow it.
create table unit (
  seq bigint generated always as identity unique,
  code text primary key,
  name text not null,
  kind text not null,
  parent text references unit
);
create index unit_parent on unit (parent);

create table person (
  seq bigint generated always as identity unique,
  id text primary key,
  name text not null,
  unit text references unit,
  -- checked when the statement ends: two people may swap their logins in one import
  login text not null unique deferrable initially immediate,
  phone text,
  email text
);

create table task_force (
  seq bigint generated always as identity unique,
  code text primary key,
  name text not null,
  office text not null references unit,
  lead_unit text references unit,
  members text[] not null default '{}',
  established text,
  sunset jsonb
);

-- A seat; with both places it is the unit's liaison for that task force, with none a role of the installation.
-- `starts` and `ends` are kept as written, a day or an instant, so that the export gives them back.
create table post (
  id bigint generated always as identity primary key,
  unit text references unit,
  task_force text references task_force,
  role text not null,
  person text not null references person,
  starts text,
  ends text
);
create unique index post_seat
  on post (coalesce(unit, ''), coalesce(task_force, ''), role, person, coalesce(starts, ''));
create index post_person on post (person);

create table account (
  person text primary key references person,
  password_hash text not null,
  must_change boolean not null default false,
  changed_at timestamptz not null default now()
);

-- Sessions and tokens are random 256 bits, kept only as SHA-256.
create table session (
  hash text primary key,
  person text not null references person,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_person on session (person);
create index session_expires_at on session (expires_at);

create table token (
  seq bigint generated always as identity unique,
  id text primary key,
  hash text not null unique,
  name text not null,
  person text not null references person,
  made_by text not null references person,
  made_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);
create index token_person on token (person);

create function raise_sign_in_version() returns trigger language plpgsql as $$
begin
  if exists (select from was) then
    update installation set sign_in_version = sign_in_version + 1;
  end if;
  return null;
end $$;
create trigger session_ended after delete on session
  referencing old table as was for each statement execute function raise_sign_in_version();
create trigger token_changed after update on token
  referencing old table as was for each statement execute function raise_sign_in_version();
create trigger account_changed after update on account
  referencing old table as was for each statement execute function raise_sign_in_version();

-- Wrong passwords of the last minute, by login and by address; both API processes count here.
create table login_failure (
  login text not null,
  address text not null,
  at timestamptz not null default now()
);
create index login_failure_at on login_failure (at);

create table policy (
  name text not null,
  version int not null,
  body jsonb not null,
  at timestamptz not null default now(),
  by text,
  primary key (name, version)
);

-- The first answer to a request with an Idempotency-Key, and to every command; kept for 24 hours.
create table verdict (
  id text primary key,
  -- hash of method, path and body: the same key with another request is refused
  request text not null,
  status int not null,
  code text,
  body jsonb,
  at timestamptz not null default now()
);
create index verdict_at on verdict (at);

create table file (
  id text primary key,
  name text not null,
  size bigint not null,
  sha256 text not null,
  media_type text not null,
  by text not null,
  at timestamptz not null default now()
);
