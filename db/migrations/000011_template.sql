-- An office's own workbooks and documents, mapped once for a form and filled with its summaries; every version of each.

create table template (
  form text not null,
  name text not null,
  version int not null,
  kind text not null check (kind in ('xlsx', 'docx')),
  file text not null,
  -- {name in the file: path of the figures}
  mapping jsonb not null,
  -- the office that goes on with it; none for one of the whole installation
  office text,
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  primary key (form, name, version)
);
-- The sweep asks of every idle file whether it is one's.
create index template_file on template (file);
