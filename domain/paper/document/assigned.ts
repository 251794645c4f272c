// Who owes a section: read from an assignment's id, which names everybody it was handed down through.
import type { StoredSection } from '../../directive/document-task.ts';

/** Codes of the task force and the units an assignment hangs on, its own last. */
const codesOf = (assignment: string): string[] => assignment.split('.').slice(2);

/** Assigned to the one who reports, or to somebody above who has passed it on. */
export const isOwedBy = ({ units }: Pick<StoredSection, 'units'>, assignment: string): boolean =>
  units === undefined || codesOf(assignment).some((code) => units.includes(code));

/** A node edits what it owes and what somebody below it does; `below`: which of the sections' units are. */
export const isEditableAt = (
  section: Pick<StoredSection, 'units'>,
  node: string,
  below: ReadonlySet<string>,
): boolean => isOwedBy(section, node) || (section.units ?? []).some((unit) => below.has(unit));
