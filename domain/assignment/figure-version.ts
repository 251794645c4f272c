// An assignment's share in the version of the figures it counts in: never less than before, and another number for other content.
import type { Assignment } from './assignment.ts';
import { evolve } from './evolve.ts';
import type { FigureVersions, NewEvent } from './happening.ts';

/** Which version of its report, or of a node's own part, is in the figures on each basis; 0 for none. */
export function versionsInFigures(a: Assignment): FigureVersions {
  if (a.phase === 'cancelled') return { approved: 0, reported: 0 };
  if (a.node) return { approved: a.part, reported: a.part };
  const waits = a.phase === 'submitted' || (a.phase === 'approved' && a.correcting);
  return { approved: a.approved, reported: waits ? a.current : a.approved };
}

/** The sum of these over a place and all below it is the version of its figures; in SQL in db/queries/figure.ts. */
export function figureVersions(a: Assignment): FigureVersions {
  const { lost } = a;
  if (a.phase === 'cancelled') return lost;
  const [approved, reported] = a.node ? [a.part, a.part] : [a.approved, a.current];
  return { approved: approved + lost.approved, reported: reported + lost.reported };
}

/** Events of one decision: one that takes something back says by how much versions would fall without it, and one more. */
export function sayingLosses(a: Assignment, events: readonly NewEvent[], by: Signed): NewEvent[] {
  let state = a;
  return events.map((event) => {
    const said = sayingLoss(state, event, by);
    state = said.after;
    return said.event;
  });
}

type Signed = { at: string; actor: string | null };

/** The event with what it takes out of figures, and the assignment after it. */
export function sayingLoss<E extends NewEvent>(
  before: Assignment,
  event: E,
  by: Signed,
): { event: E; after: Assignment } {
  const after = evolve(before, { ...event, ...by });
  const lost = lossBetween(before, after);
  if (lost === null) return { event, after };
  const said = { ...event, data: { ...event.data, lost } };
  return { event: said, after: evolve(before, { ...said, ...by }) };
}

function lossBetween(before: Assignment, after: Assignment): FigureVersions | null {
  const [counted, counts] = [versionsInFigures(before), versionsInFigures(after)];
  const [was, is] = [figureVersions(before), figureVersions(after)];
  const on = (basis: keyof FigureVersions): number =>
    Math.max(0, was[basis] + (counted[basis] === counts[basis] ? 0 : 1) - is[basis]);
  const lost = { approved: on('approved'), reported: on('reported') };
  return lost.approved + lost.reported === 0 ? null : lost;
}
