-- Notices that do not flood.

-- an urge asks whether its person has been urged by the same hand just now
create index notification_urged on notification (assignment, person, at desc) where type = 'urged';
