// The form a document is collected by: for each section a text and a file in its place, so that it is judged, kept and merged as any report.
import type { Form } from '../../form/field.ts';
import type { DocumentTask, StoredDocument } from '../../directive/document-task.ts';

/** Of a section that states none: a chapter. */
const DEFAULT_LENGTH = 50_000;
/** Longest key of a field. */
const MAX_KEY_LENGTH = 40;

/** The document as it is kept: with any names of sections, no field of a file has another field's key. */
export function storedDocument({ title, sections }: DocumentTask): StoredDocument {
  const taken = new Set(sections.map(({ key }) => key));
  const stored = sections.map((section) => {
    const fileKey = freeKey(section.key, taken);
    taken.add(fileKey);
    return { ...section, fileKey };
  });
  return { ...(title === undefined ? {} : { title }), sections: stored };
}

/** `<key>_docx`, cut to what a key may be, and numbered where that is taken. */
function freeKey(key: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const end = n === 1 ? '_docx' : `_docx${n}`;
    const found = `${key.slice(0, MAX_KEY_LENGTH - end.length)}${end}`;
    if (!taken.has(found)) return found;
  }
}

export const formOf = ({ sections }: StoredDocument): Form => ({
  fields: sections.flatMap(({ key, fileKey, title, maxLength = DEFAULT_LENGTH }): Form['fields'] => [
    { key, label: title, type: 'text', required: false, sensitive: false, maxLength, aggregate: 'concat' },
    {
      key: fileKey,
      label: title,
      type: 'file',
      required: false,
      sensitive: false,
      maxFiles: 1,
      aggregate: 'collect',
    },
  ]),
  rules: [],
});
