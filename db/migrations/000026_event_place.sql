-- `event_place` holds what this held: one event at each place of a desk's log.
alter table event drop constraint event_pkey;
