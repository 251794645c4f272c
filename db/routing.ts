// The routing in memory: one snapshot. When its version in the database has moved on, only changed rows are read again.
import type { Calendar } from '../domain/calendar/calendar.ts';
import { createRouting, GATHER_MS, type Routing } from '../domain/delivery/routing.ts';
import type { Db } from './pool.ts';
import { listRoutedEndpoints } from './queries/endpoint.ts';
import { loadInstallation } from './queries/installation.ts';
import { listPreferencesAfter } from './queries/preference.ts';

/** As with the directory, the connection must not have written to the routing in its open transaction. */
export type RoutingSource = {
  current(db: Db): Promise<Routing>;
  /** The routing of `version`, or a later one where that is already gone. */
  at(db: Db, version: number): Promise<Routing>;
};

/** `mail`: can this installation send any? `workdays`: the calendar whose workdays have digests, as it is now. */
export function createRoutingSource(about: {
  mail: boolean;
  workdays: (db: Db) => Promise<Calendar>;
  /** Tests use shorter times. */
  gatherMs?: number;
}): RoutingSource {
  let kept: Routing | null = null;

  async function at(db: Db, version: number): Promise<Routing> {
    const before = kept;
    if (before?.version === version) return before;
    // Read after `version`: anything newer is read once more with the next version.
    const changed = await listPreferencesAfter(db, before?.version ?? 0);
    const preferences = new Map(before?.preferences);
    for (const { person, preferences: wanted } of changed) preferences.set(person, wanted);
    const workdays = await about.workdays(db);
    const { mail, gatherMs = GATHER_MS } = about;
    const known = { mail, gatherMs, workdays, version, preferences };
    const routing = createRouting(known, await listRoutedEndpoints(db));
    // A slower reading must not overwrite a newer one.
    if (kept === null || kept.version < version) kept = routing;
    return routing;
  }

  return {
    at,
    current: async (db) => at(db, (await loadInstallation(db)).routingVersion),
  };
}
