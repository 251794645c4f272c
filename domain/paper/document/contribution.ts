// A report's words for one section, and since when: a version that leaves a section as it was brings nothing new there.
import type { StoredSection } from '../../directive/document-task.ts';

/** A version of a report that counts or has counted. `marks`: a digest of each field's value. */
export type Version = {
  version: number;
  by: string | null;
  at: string;
  /** When it came to count: approved, or handed in. ISO. */
  since: string;
  marks: Readonly<Record<string, string>>;
};

/** A unit's words for a section; `file` is the id of its file. */
export type DocumentContribution = Omit<Version, 'marks'> & { text: string | null; file: string | null };

/** `versions`, oldest first, end with the one that counts; `values` are that version's. Null where the section is empty. */
export function contributionOf(
  { key, fileKey }: Pick<StoredSection, 'key' | 'fileKey'>,
  versions: readonly Version[],
  values: Readonly<Record<string, unknown>>,
): DocumentContribution | null {
  const said = saidInSection({ key, fileKey }, values);
  const counting = versions.at(-1);
  if (said === null || counting === undefined) return null;
  const sameAs = (version: Version): boolean =>
    [key, fileKey].every((field) => markOf(version, field) === markOf(counting, field));
  const changedAt = versions.findLastIndex((version) => !sameAs(version));
  const { marks: _, ...first } = versions[changedAt + 1] ?? counting;
  return { ...first, ...said };
}

const markOf = ({ marks }: Version, field: string): string =>
  Object.hasOwn(marks, field) ? (marks[field] ?? '') : '';

/** A section's text and the id of its file; null where there is neither. */
export function saidInSection(
  { key, fileKey }: Pick<StoredSection, 'key' | 'fileKey'>,
  values: Readonly<Record<string, unknown>>,
): { text: string | null; file: string | null } | null {
  const text = Object.hasOwn(values, key) ? values[key] : null;
  const files = Object.hasOwn(values, fileKey) ? values[fileKey] : null;
  const file: unknown = Array.isArray(files) ? files[0] : null;
  const said = {
    text: typeof text === 'string' ? text : null,
    file: typeof file === 'string' ? file : null,
  };
  return said.text === null && said.file === null ? null : said;
}
