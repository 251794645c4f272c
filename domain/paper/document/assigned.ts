// The units that owe a section, read from an assignment's id: it names every place it was handed down through.
import type { StoredSection } from '../../directive/document-task.ts';

/** Codes of the task force and the units above an assignment, its own last. */
const codesOf = (assignment: string): string[] => assignment.split('.').slice(2);

/** Assigned to the unit that reports, or to one above that has passed it on. */
export const isOwedBy = ({ units }: Pick<StoredSection, 'units'>, assignment: string): boolean =>
  units === undefined || codesOf(assignment).some((code) => units.includes(code));

/** A node edits sections that it or a unit below it owes; `below`: the sections' units that are below it. */
export const isEditableAt = (
  section: Pick<StoredSection, 'units'>,
  node: string,
  below: ReadonlySet<string>,
): boolean => isOwedBy(section, node) || (section.units ?? []).some((unit) => below.has(unit));
