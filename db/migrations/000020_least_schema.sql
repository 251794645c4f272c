-- The number of the newest migration a program must know to work on this database; raised by those that say `-- breaking:`.

alter table installation add column least_schema int not null default 0;
