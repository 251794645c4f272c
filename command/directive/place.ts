// The place a command names, against the holders of this moment: unknown, the holder itself, above or below it, or another.
import { isHeldBelow } from '../../db/queries/assignment.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import type { Db } from '../../db/pool.ts';
import type { Command, CommandOf, Verb } from '../../domain/assignment/command.ts';
import type { NamedPlace } from '../../domain/assignment/decision.ts';
import { VERB_TABLE } from '../../domain/assignment/verb-table.ts';
import {
  codeOf,
  isTaskForce,
  unitPlace,
  type Directory,
  type Place,
} from '../../domain/organisation/organisation.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** Null for verbs that name none. */
export async function namedPlace(
  db: Db,
  ledger: Ledger,
  row: AssignmentRow,
  command: Command,
): Promise<NamedPlace | null> {
  const place = placeNamed(command.verb, command, row, ledger.held.directory);
  if (place === undefined) return null;
  const { holder, above, office } = ledger.held.standingOf(row);
  return {
    place,
    known: place !== null && isKnown(ledger.held.directory, place),
    isHolder: place === holder,
    isAbove: place !== null && (above.includes(place) || place === unitPlace(office)),
    isBelow: place !== null && row.state.node && (await holdsBelow(db, ledger, row, place)),
  };
}

/** Looks in the record, and in the changes of this transaction that are not yet written. */
async function holdsBelow(db: Db, ledger: Ledger, row: AssignmentRow, place: Place): Promise<boolean> {
  const here = [...ledger.held.rows.values()].filter(({ id }) => id.startsWith(`${row.id}.`));
  if (here.some(({ state }) => state.holder === place && state.phase !== 'cancelled')) return true;
  const known = here.map(({ id }) => id);
  return isHeldBelow(db, row.directive, row.id, place, known);
}

/** Undefined where the verb names no place; null where it should and does not, or names two. */
const placeNamed = <V extends Verb>(
  verb: V,
  command: CommandOf<V>,
  { state }: AssignmentRow,
  directory: Directory,
): Place | null | undefined => VERB_TABLE[verb].names?.(state, command, directory);

const isKnown = ({ units, taskForces }: Directory, place: Place): boolean =>
  isTaskForce(place) ? taskForces.has(codeOf(place)) : units.has(codeOf(place));
