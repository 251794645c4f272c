-- What is cancelled takes along what had been approved or was missing below it: every desk that lives on passes those
-- orders down once more. Passing an order down twice changes nothing for whoever has taken it in.
update desk d
   set orders = 0, asked = asked + 1, asked_at = clock_timestamp()
 where not ended
   and exists (select from assignment a where a.directive = d.directive and a.node and a.phase = 'cancelled');
