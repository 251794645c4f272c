-- concurrently: notices are among the largest tables, and are written with every event
-- An urge asks whether its person has been urged by the same hand just now.
create index concurrently if not exists notification_urged on notification (assignment, person, at desc) where type = 'urged';
