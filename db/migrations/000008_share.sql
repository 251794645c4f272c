-- What has been shared with a place is found in the log, where it stands for ever.
create index event_shared on event ((data ->> 'to')) where type = 'shared';
