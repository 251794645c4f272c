#!/bin/sh
# Run once, on an empty cluster: the owner of the schema, and the role of API and worker, which changes rows and nothing else.
set -eu
export SECRETS="${SECRETS:-/run/secrets}"
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\set owner_password `cat "$SECRETS/owner_password"`
\set app_password `cat "$SECRETS/app_password"`
create role zhuanban_owner login password :'owner_password';
create role zhuanban_app login password :'app_password';
create database zhuanban owner zhuanban_owner encoding 'UTF8' template template0;
revoke all on database zhuanban from public;
grant connect on database zhuanban to zhuanban_app;
\connect zhuanban
alter schema public owner to zhuanban_owner;
revoke all on schema public from public;
grant usage on schema public to zhuanban_app;
-- Of what any migration makes, now and later.
alter default privileges for role zhuanban_owner in schema public
  grant select, insert, update, delete on tables to zhuanban_app;
alter default privileges for role zhuanban_owner in schema public
  grant usage, select, update on sequences to zhuanban_app;
SQL
