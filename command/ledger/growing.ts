// The snapshot of a transaction under way: rows that it reads later or makes are added to it.
import type { AssignmentRow, DeskRow } from '../../db/queries/ledger.ts';
import { Snapshot } from '../../reading/snapshot.ts';

export class GrowingSnapshot extends Snapshot {
  /** Adds only rows that are not there yet: a row already there may have been changed since it was read. */
  take(desks: readonly DeskRow[], rows: readonly AssignmentRow[]): void {
    for (const desk of desks) if (!this.desks.has(desk.id)) this.loadedDesks.set(desk.id, desk);
    for (const row of rows) if (!this.rows.has(row.id)) this.hold(row);
  }

  hold(row: AssignmentRow): void {
    this.loadedRows.set(row.id, row);
    for (const place of this.aboveBy.keys())
      if (place === row.id || place.startsWith(`${row.id}.`)) this.aboveBy.delete(place);
  }
}
