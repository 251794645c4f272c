-- The office's own number for what it hands up (发文字号): given by it, or counted by office and year.
alter table hand_up add column office text, add column number text;
-- A restatement bears the number of what it restates.
create unique index hand_up_number on hand_up (office, number) where kind = 'handed-up';

-- The last number counted, one row an office and year: locked until the commit, so that none is left out.
create table hand_up_counter (
  office text not null,
  year smallint not null,
  last int not null,
  primary key (office, year)
);
