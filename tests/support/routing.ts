// Routing for the tests' processes: the shipped work calendar, with or without mail.
import { createRoutingSource, type RoutingSource } from '../../db/routing.ts';
import { builtInCalendars } from '../../domain/calendar/calendar-years.ts';

/** No message waits for others, unless a test is about that. */
export const routingOf = (mail: boolean, gatherMs = 0): RoutingSource =>
  createRoutingSource({ mail, gatherMs, workdays: () => Promise.resolve(builtInCalendars.work) });

export const silentRouting = (): RoutingSource => routingOf(false);
