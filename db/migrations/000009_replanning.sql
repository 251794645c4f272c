-- Directives that may have to be planned again when their calendar changes are found without reading those long closed.
create index directive_open_calendar on directive (calendar, id) where phase = 'open';
