-- Whose record this is, and on which cluster it last was: what a restore, a move or a copy is told by.

alter table installation
  -- the mark that this installation's Temporal namespace carries too; a copy of the database keeps it
  add column id uuid not null default gen_random_uuid(),
  -- system identifier and timeline of the cluster; null until a process has looked
  add column cluster text;
