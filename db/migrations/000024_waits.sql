-- Reports that wait already. A table's description and its rows are changed in transactions of their own: nobody waits long.
update assignment set waits = true where (phase = 'submitted' or approved < current) and not waits;
