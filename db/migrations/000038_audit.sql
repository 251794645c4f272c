-- The check of all chains looks at more than the chains: at reports, at rows and at what signed checkpoints say; and the
-- checkpoints themselves.

alter table chain_check
  -- where the desk's chain is done and its rows are looked over: the last of them; null before that
  add column row text;

alter table chain_fault
  -- chain: the log itself; submission: a report is not the one the log tells of; row: a row is not what the log makes it
  add column what text not null default 'chain',
  add column assignment text;

-- What is signed: how many chains there were at a moment, and a digest over the ends of all of them.
create table checkpoint (
  n int primary key,
  at timestamptz not null,
  -- none: made by the clockwork
  by text,
  chains int not null,
  -- of all chains together
  events bigint not null,
  digest text not null,
  -- the public key, and the signature over the statement (reading/audit/checkpoint.ts), in base64
  key text not null,
  signature text not null
);

-- The ends of chains that had changed since the checkpoint before: a chain's end at checkpoint n is its newest up to n.
create table checkpoint_head (
  chain text collate "C" not null,
  checkpoint int not null,
  seq int not null,
  hash text not null,
  primary key (chain, checkpoint)
);
