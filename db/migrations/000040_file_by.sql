-- concurrently: what a person has uploaded and not attached is summed at each upload
create index concurrently if not exists file_by on file (by, at);
