// The people told of an event: a notice for each, and the deliveries of it by mail, robot or webhook.
import type { AssignmentStanding } from '../../domain/access/relation.ts';
import { personalDeliveries, webhookDeliveries, type Occasion } from '../../domain/delivery/delivery.ts';
import { gatherMoment } from '../../domain/delivery/gathering.ts';
import { slimmed } from '../../domain/delivery/notice-data.ts';
import { isSilent } from '../../domain/delivery/routing.ts';
import type { DeskRow } from '../../db/queries/ledger.ts';
import type { Writing } from '../../db/queries/writing.ts';
import type { Snapshot } from '../../reading/snapshot.ts';

/** An event just written at the end of its desk's log. */
export type Told = {
  type: string;
  assignment: string | null;
  data: object;
  at: string;
  actor: string | null;
  standing: AssignmentStanding;
  people: readonly string[];
};

/** A `Told` with its place in the log, which the transaction has not written out yet. */
export type Pending = Occasion & { directive: string; people: readonly string[] };

/** Null where no person and no webhook is told of it. */
export function pendingOf(held: Snapshot, desk: DeskRow, told: Told): Pending | null {
  const { type, assignment, at, standing, people } = told;
  if (people.length === 0 && held.routing.webhooks.length === 0) return null;
  const { title, urgency } = held.directiveOf(desk).terms;
  // Urges are counted by the person who sent them.
  const by = type === 'urged' ? { by: told.actor } : {};
  const data = slimmed({ ...told.data, ...by, title, holder: standing.holder });
  const place = { directive: desk.directive, assignment, desk: desk.id, seq: desk.seq };
  return { ...place, type, at, standing, people, data, urgency };
}

/** The notices of the whole transaction: machines hear of every event, people of each moment once. */
export function spread(
  held: Snapshot,
  pending: readonly Pending[],
): Pick<Writing, 'notifications' | 'deliveries'> {
  const said = gatherMoment(pending);
  const notifications = said.map(({ telling, person, data }) => {
    const { type, directive, assignment, at } = telling;
    return { person, type, directive, assignment, data, at };
  });
  const { routing, directory, nowMs } = held;
  if (isSilent(routing)) return { notifications, deliveries: [] };
  const deliveries = [
    ...said.flatMap(({ telling, person, data }) =>
      personalDeliveries({ ...telling, data }, person, routing, directory, nowMs),
    ),
    ...pending.flatMap((occasion) => webhookDeliveries(occasion, routing, nowMs)),
  ];
  return { notifications, deliveries };
}
