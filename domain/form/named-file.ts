// The files a report names: attached as they are, or in fields of the form; each with its place.
import type { Form } from './field.ts';

export type NamedFile = { file: string; path: string };

/** `values` as the form's judgement keeps them: a value that is no list there is no list of files. */
export function namedFiles(
  form: Form | undefined,
  { values, attachments }: { values: Readonly<Record<string, unknown>>; attachments: readonly string[] },
): NamedFile[] {
  const inFields = (form?.fields ?? []).flatMap(({ key, type }) => {
    const files = type === 'file' && Object.hasOwn(values, key) ? values[key] : null;
    return Array.isArray(files)
      ? (files as string[]).map((file, at) => ({ file, path: `values.${key}[${at}]` }))
      : [];
  });
  return [...attachments.map((file, at) => ({ file, path: `attachments[${at}]` })), ...inFields];
}
