-- Notices that do not flood.

-- Who held which seat when people were last told of changed hands: what differs from it is new to them.
create table hand (
  place text not null,
  role text not null,
  -- the task force a unit's liaison is named for; '' for all
  only_for text not null,
  person text not null,
  primary key (place, role, only_for, person)
);
alter table installation
  -- the organisation that was looked at; none yet: what is there then is nobody's news
  add column hands_version bigint,
  -- when the next post begins or ends by itself
  add column hands_next_at timestamptz;
