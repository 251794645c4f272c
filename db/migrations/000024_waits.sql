-- Marks the reports that wait already. The columns and the rows of a table change in separate transactions, so that none waits long.
update assignment set waits = true where (phase = 'submitted' or approved < current) and not waits;
