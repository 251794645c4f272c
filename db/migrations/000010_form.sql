-- The form library and the catalogue of data elements: what is asked again and again has one name and one meaning.

-- Every version of every kept form. A version never changes: directives were made with it.
create table form (
  name text not null,
  version int not null,
  title text not null,
  form jsonb not null,
  -- what this version is for
  note text,
  -- the office that goes on with it; none for a form of the whole installation
  office text,
  -- {name, version} of the form a first version was cloned from
  cloned_from jsonb,
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  primary key (name, version)
);

create table element (
  key text primary key,
  label text not null,
  meaning text,
  type text not null,
  -- of measure
  unit text,
  -- code of the unit that owns the figure
  source_unit text,
  version int not null,
  made_by text not null,
  made_at timestamptz not null
);
