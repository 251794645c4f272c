-- What was deleted because it had been kept long enough: counts by day and kind. A day that is over is told in the log of
-- the installation once.
create table pruned (
  day date not null,
  kind text not null,
  gone bigint not null,
  recorded boolean not null default false,
  primary key (day, kind)
);
