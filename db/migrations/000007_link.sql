-- One-time links: what a message may do without signing in.

create table link (
  id text primary key,
  directive text not null,
  assignment text not null,
  person text not null,
  action text not null check (action in ('acknowledge')),
  expires_at timestamptz not null,
  used_at timestamptz,
  made_at timestamptz not null default now()
);
create index link_expires_at on link (expires_at);

-- What links are signed with. Made here, from the server's strong randomness: three random UUIDs hold 366 such bits.
create table link_secret (
  is_only boolean primary key default true check (is_only),
  secret bytea not null check (octet_length(secret) = 32)
);
insert into link_secret (secret)
select sha256((gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text)::bytea);

-- Links of the last minute that were none, by address; all API processes count here.
create table link_guess (
  address text not null,
  at timestamptz not null default now()
);
create index link_guess_address on link_guess (address, at);
create index link_guess_at on link_guess (at);
