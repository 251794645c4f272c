// A document as handed up to the superior: every section with its words and their writers; the number of missing units, not their names.
import type { HandUpDocument } from '../../directive/hand-up-document.ts';
import type { Composed } from './composed.ts';

/** The writers stand with the words. The shape of the tree below and its late units are for the office only. */
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
