// A report of sections: each by the unit that owes it, as text or as a file; a section not given again stays as it was.
import type { Fault } from '../../failure.ts';
import { isEditableAt, isOwedBy } from './assigned.ts';
import type { StoredDocument, StoredSection } from '../../directive/document-task.ts';

export type Values = Readonly<Record<string, unknown>>;

const own = (values: Values, key: string): unknown => (Object.hasOwn(values, key) ? values[key] : null);

/** Is a value of any type given? The form judges whether it is valid. */
function isSaid(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return !Array.isArray(value) || value.length > 0;
}

const names = (values: Values, { key, fileKey }: StoredSection): boolean =>
  Object.hasOwn(values, key) || Object.hasOwn(values, fileKey);

/** A unit mends one of its sections without sending the others again: those stay as its report before had them. */
export function withEarlier({ sections }: StoredDocument, values: Values, earlier: Values): Values {
  const kept = sections.flatMap((section) =>
    names(values, section)
      ? []
      : [section.key, section.fileKey].flatMap((key) =>
          isSaid(own(earlier, key)) ? [[key, earlier[key]] as const] : [],
        ),
  );
  return { ...Object.fromEntries(kept), ...values };
}

/** A unit's report: every section it owes, and no other. */
export function faultsOfReport({ sections }: StoredDocument, assignment: string, values: Values): Fault[] {
  return sections.flatMap((section) => {
    if (!isOwedBy(section, assignment)) return foreign(section, values);
    const isThere = isSaid(own(values, section.key)) || isSaid(own(values, section.fileKey));
    return isThere ? [] : [{ path: `values.${section.key}`, code: 'REQUIRED' as const }];
  });
}

/** A node's edit: of any of the sections that pass through it. `below`: the sections' units that are below. */
export const faultsOfEdit = (
  { sections }: StoredDocument,
  node: string,
  values: Values,
  below: ReadonlySet<string>,
): Fault[] =>
  sections.flatMap((section) => (isEditableAt(section, node, below) ? [] : foreign(section, values)));

const foreign = ({ key, fileKey }: StoredSection, values: Values): Fault[] =>
  [key, fileKey]
    .filter((field) => isSaid(own(values, field)))
    .map((field) => ({ path: `values.${field}`, code: 'NOT_YOUR_SECTION' }));

/** Sections an edit names and leaves empty: it takes back the earlier edit. */
export const withdrawnBy = ({ sections }: StoredDocument, values: Values): Record<string, null> =>
  Object.fromEntries(
    sections
      .filter((section) => names(values, section))
      .filter(({ key, fileKey }) => !isSaid(own(values, key)) && !isSaid(own(values, fileKey)))
      .map(({ key }) => [key, null]),
  );
