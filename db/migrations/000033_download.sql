-- One-time addresses for downloads, kept as SHA-256 for the minute they are good for.
create table download (
  hash text primary key,
  -- the session or token it was made with, by its hash: the address ends with it, and has its rights
  kind text not null check (kind in ('session', 'token')),
  sign_in text not null,
  path text not null,
  expires_at timestamptz not null
);
create index download_expires_at on download (expires_at);
create index download_sign_in on download (sign_in);
