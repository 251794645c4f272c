-- Wrong tries are kept for an hour and counted by login and place: each count reads its own few rows only.
create index login_failure_pair on login_failure (login, address, at desc);
create index login_failure_address on login_failure (address, at desc);
