-- Who may see a directive: whoever is seated at the holder of any of its assignments.
create index assignment_holder on assignment (holder, directive);
