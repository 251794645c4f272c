// A document as the superior is handed it: every section with its words and whose they are; how many are missing, not who.
import type { HandUpDocument } from '../../directive/hand-up-document.ts';
import type { Composed } from './composed.ts';

/** Who wrote stands with the words; how the tree below is made, and who is late in it, is the office's to know. */
export const handedUp = ({ title, sections }: Composed): HandUpDocument => ({
  title,
  sections: sections.map(({ key, title: heading, level, parts, missing, moreMissing }) => ({
    key,
    title: heading,
    level,
    parts: parts.map(({ unit, unitName, text, file, replaces }) => ({
      unit,
      unitName,
      ...(text === undefined ? {} : { text }),
      ...(file === undefined ? {} : { file }),
      ...(replaces === undefined
        ? {}
        : { replaces: replaces.map((author) => ({ unit: author.unit, unitName: author.unitName })) }),
    })),
    missing: missing.length + moreMissing,
  })),
});
