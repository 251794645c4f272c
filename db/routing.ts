// The routing in memory: one snapshot, of which only what has changed is read again when its version has moved on.
import type { Calendar } from '../domain/calendar/calendar.ts';
import { createRouting, GATHER_MS, type Routing } from '../domain/delivery/routing.ts';
import type { Db } from './pool.ts';
import { listRoutedEndpoints } from './queries/endpoint.ts';
import { loadInstallation } from './queries/installation.ts';
import { listPreferencesAfter } from './queries/preference.ts';

/** As with the directory: give it a connection whose open transaction has not itself written to the routing. */
export type RoutingSource = {
  current(db: Db): Promise<Routing>;
  /** The routing of `version`, or a later one where that is already gone. */
  at(db: Db, version: number): Promise<Routing>;
};

/** `mail`: can this installation send any? `workdays`: the calendar whose workdays have digests, as it is now. */
export function createRoutingSource(about: {
  mail: boolean;
  workdays: (db: Db) => Promise<Calendar>;
  /** Tests are in more of a hurry. */
  gatherMs?: number;
}): RoutingSource {
  let kept: Routing | null = null;

  async function at(db: Db, version: number): Promise<Routing> {
    const before = kept;
    if (before?.version === version) return before;
    // Read after `version` was: what is newer still is read once more with the next one.
    const changed = await listPreferencesAfter(db, before?.version ?? 0);
    const preferences = new Map(before?.preferences);
    for (const { person, preferences: wanted } of changed) preferences.set(person, wanted);
    const workdays = await about.workdays(db);
    const { mail, gatherMs = GATHER_MS } = about;
    const known = { mail, gatherMs, workdays, version, preferences };
    const routing = createRouting(known, await listRoutedEndpoints(db));
    // Whoever was slower must not take back what a newer reading has found.
    if (kept === null || kept.version < version) kept = routing;
    return routing;
  }

  return {
    at,
    current: async (db) => at(db, (await loadInstallation(db)).routingVersion),
  };
}
