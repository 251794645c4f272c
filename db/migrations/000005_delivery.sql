-- Notices on their way out of the house: who wants them how, where to, and every single one with its fate.

alter table installation
  -- raised by every write to preferences and endpoints, in the same transaction
  add column routing_version bigint not null default 1;

create table preference (
  person text primary key references person,
  body jsonb not null,
  -- the routing version it came with: whoever remembers an older one reads only what has changed
  version bigint not null
);
create index preference_version on preference (version);

-- A group robot, or somebody's web address that takes signed events. Removed ones stay as names of what was sent there.
create table endpoint (
  seq bigint generated always as identity unique,
  id text primary key,
  kind text not null check (kind in ('dingtalk', 'wecom', 'feishu', 'webhook')),
  name text not null,
  -- `unit/DD` or `taskForce/TF`; none for a webhook of the whole installation
  place text,
  -- both are secrets, and wiped when it is removed
  url text not null,
  secret text,
  -- event types; none for all
  types text[],
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  removed_at timestamptz,
  -- from when the robot's allowance is whole again (domain/allowance.ts)
  full_at timestamptz not null default '-infinity'
);

create sequence delivery_id;
create table delivery (
  id bigint primary key default nextval('delivery_id'),
  -- what the other side knows it by, at every attempt: Message-ID, webhook-id
  uid uuid not null default gen_random_uuid(),
  channel text not null check (channel in ('mail', 'dingtalk', 'wecom', 'feishu', 'webhook')),
  person text,
  endpoint text,
  -- the event it tells of; a digest and a test have none
  type text not null,
  directive text,
  assignment text,
  desk text,
  seq int,
  data jsonb not null,
  at timestamptz not null,
  made_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null,
  -- waits to become a line of the person's next digest
  digest boolean not null default false,
  -- ways to try after this one: [{channel, endpoint}]
  chain jsonb not null default '[]',
  collapse text,
  state text not null check (state in ('waiting', 'sent', 'failed', 'collapsed', 'suppressed')),
  attempts int not null default 0,
  -- whoever is sending it has it until then
  leased_until timestamptz,
  sent_at timestamptz,
  -- the end of what the other side said, without secrets
  said text,
  -- the delivery it went out with
  goes_with bigint,
  -- the delivery that failed before it
  follows bigint
);
create index delivery_due on delivery (channel, due_at, id) where state = 'waiting' and not digest;
create index delivery_digest on delivery (due_at, person) where state = 'waiting' and digest;
create index delivery_collapse on delivery (collapse, id desc) where collapse is not null;
create index delivery_person on delivery (person, id desc);
create index delivery_issued on delivery (assignment) where type = 'issued';
create index notification_issued on notification (assignment) where type = 'issued';
