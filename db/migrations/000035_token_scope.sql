-- What a token may do, which token made it, and the last day it was used. Those of before keep what they could.
alter table token
  add column scopes text[] not null default '{read,report,command,administer}',
  add column made_with text references token (id);

-- Beside `token`: a change there makes every process ask anew who is signed in.
create table token_use (
  token text primary key references token (id),
  -- a day in China's time: no more of it is kept
  used_on date not null
);
