-- Units stand in the order in which they were handed out (domain/directive/rank.ts), and where nobody gave one in the organisation's.

alter table unit
  -- among the children of the same unit and the members of a task force; units without one follow, as they were told
  add column ordinal int;

-- Sorts byte by byte, as ids do here. What was issued before has none and keeps the order it was always shown in, that of
-- its id, so that nothing sent up or handed up reads differently. Not filled in: a million rows need not be written anew.
alter table assignment add column rank text collate "C";
