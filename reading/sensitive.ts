// Sensitive values on their way out: what the gate answers for a reader, and each kind of content as that reader may see it.
import type { Db } from '../db/pool.ts';
import { findStandings, listHeldIn } from '../db/queries/sight-facts.ts';
import { relate, type AssignmentStanding } from '../domain/access/relation.ts';
import {
  clearTo,
  readsSensitive,
  sensitiveSightOf,
  type SensitiveSight,
} from '../domain/access/sensitive.ts';
import { weightOf } from '../domain/form/field-kind.ts';
import type { Field, Form } from '../domain/form/field.ts';
import { asksSensitive, isSensitive, maskedChanges, maskedReport } from '../domain/form/masking.ts';
import type { Change } from '../domain/form/change.ts';
import { maskedFigures } from '../domain/merge/masked-figures.ts';
import { readingOf, type Viewer } from './gate.ts';

export type { SensitiveSight };

/** May this reader read the sensitive values of what this assignment reported? */
export const isClearTo = ({ directory, person, now }: Viewer, standing: AssignmentStanding): boolean =>
  readsSensitive(relate(directory, person, standing, now));

/**
 * The same for every report of a directive. Null where no form asks anything sensitive: then nothing is looked up, and
 * nothing masked.
 */
export async function findSensitiveSight(
  db: Db,
  viewer: Viewer,
  { directive, office }: { directive: string; office: string },
  forms: readonly (Form | undefined)[],
): Promise<SensitiveSight | null> {
  if (!forms.some(asksSensitive)) return null;
  const places = [...new Set(readingOf(viewer).seats.map(({ place }) => place))];
  const held = await listHeldIn(db, directive, places);
  return sensitiveSightOf(viewer.directory, viewer.person, { office, held }, viewer.now);
}

/** Of these assignments those whose sensitive values the reader may read. */
export async function findClearAmong(
  db: Db,
  viewer: Viewer,
  assignments: readonly string[],
): Promise<ReadonlySet<string>> {
  if (assignments.length === 0) return new Set();
  const standings = await findStandings(db, assignments);
  return new Set([...standings].flatMap(([id, standing]) => (isClearTo(viewer, standing) ? [id] : [])));
}

/** Null: all is clear. */
export const isClearBy = (sight: SensitiveSight | null): ((assignment: string) => boolean) | null =>
  sight === null ? null : clearTo(sight);

/** As its row keeps it: a report, a node's own part, or the merged copy that went up, with the own part it includes. */
type Kept = { kind: string; content: Record<string, unknown> };

/**
 * A submission as the reader sees it. A merged copy does not say whose each value is: it is masked for everybody, and
 * who issued what is below reads the summary.
 */
export function seenSubmission<S extends Kept>(form: Form | undefined, submission: S, isClear: boolean): S {
  if (!asksSensitive(form)) return submission;
  return { ...submission, content: seenContent(form, submission, isClear) };
}

function seenContent(form: Form, { kind, content }: Kept, isClear: boolean): Record<string, unknown> {
  if (kind !== 'roll-up') return isClear ? content : maskedReport(form, content);
  const { own } = content;
  const masked = maskedFigures(form, content);
  return isClear || typeof own !== 'object' || own === null
    ? masked
    : { ...masked, own: maskedReport(form, own) };
}

/** The changes of a version against the one before, as the same reader sees them. */
export function seenChanges(
  form: Form | undefined,
  changes: readonly Change[] | null,
  about: { kind: string; isClear: boolean },
): readonly Change[] | null {
  if (changes === null || !asksSensitive(form) || (about.isClear && about.kind !== 'roll-up')) return changes;
  return maskedChanges(form, changes);
}

type Contribution = { value: unknown; weight: unknown };

/** One report's value in a figure, and the weight it counts with. */
export function seenContribution<C extends Contribution>(
  form: Form | undefined,
  field: Field,
  contribution: C,
  isClear: boolean,
): C {
  if (isClear || !asksSensitive(form)) return contribution;
  const weight = form.fields.find(({ key }) => key === weightOf(field));
  const { value } = contribution;
  return {
    ...contribution,
    value: valueSeen(field, value),
    ...(weight && isSensitive(weight) && contribution.weight !== null ? { weight: null } : {}),
  };
}

/** A value, or a table's rows, of one field. */
function valueSeen(field: Field, value: unknown): unknown {
  const { key } = field;
  const kept =
    Array.isArray(value) && field.type === 'table'
      ? { rows: { [key]: value } }
      : { values: { [key]: value } };
  const { values, rows } = maskedReport({ fields: [field], rules: [] }, kept) as {
    values?: Record<string, unknown>;
    rows?: Record<string, unknown>;
  };
  return (rows ?? values ?? {})[key];
}
