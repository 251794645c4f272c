// Whoever is told of an event: a notice each, and what of it must leave the house by mail, robot or webhook.
import type { Standing } from '../domain/access.ts';
import { deliveriesFor } from '../domain/delivery.ts';
import { isSilent } from '../domain/routing.ts';
import type { DeskRow } from '../db/queries/ledger.ts';
import type { Writing } from '../db/queries/writing.ts';
import type { Held } from './held.ts';

/** An event just written at the end of its desk's log. */
export type Told = {
  type: string;
  assignment: string | null;
  data: object;
  at: string;
  standing: Standing;
  people: readonly string[];
};

export function tell(
  writing: Pick<Writing, 'notifications' | 'deliveries'>,
  held: Held,
  desk: DeskRow,
  told: Told,
): void {
  const { type, assignment, at, standing, people } = told;
  if (people.length === 0 && held.routing.webhooks.length === 0) return;
  const { directive } = desk;
  const { title, urgency } = held.directiveOf(desk).terms;
  const data = slimmed({ ...told.data, title, holder: standing.holder });
  for (const person of people) writing.notifications.push({ person, type, directive, assignment, data, at });
  if (isSilent(held.routing)) return;
  const place = { directive, assignment, desk: desk.id, seq: desk.seq };
  const occasion = { ...place, type, at, standing, people, data, urgency };
  writing.deliveries.push(...deliveriesFor(occasion, held.routing, held.directory, held.nowMs));
}

/** Left out of a notice: who opens it reads them at the assignment. */
const HEAVY: ReadonlySet<string> = new Set(['values', 'old', 'notified', 'carried', 'digest', 'items']);
const slimmed = (data: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !HEAVY.has(key)));
