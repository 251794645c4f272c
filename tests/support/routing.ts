// Routing as the tests' processes have it: the shipped work calendar, with or without mail.
import { createRoutingSource, type RoutingSource } from '../../db/routing.ts';
import { builtInCalendars } from '../../domain/calendar/calendar-years.ts';

export const routingOf = (mail: boolean): RoutingSource =>
  createRoutingSource({ mail, workdays: () => Promise.resolve(builtInCalendars.work) });

export const silentRouting = (): RoutingSource => routingOf(false);
