// A document set for Word as official documents are: head, sections in order with their text, files and attributions,
// signature.
import { Document, type Paragraph, type Table } from 'docx';
import {
  lostFormulaText,
  lostPictureText,
  unreadableText,
  type WrittenPart,
  type WrittenSection,
} from '../../../domain/paper/document/written-document.ts';
import type { Language } from '../../../domain/failure.ts';
import { blocksOf, bodyLine, heading, headingRun, NUMBERING, sideLine, type Setting } from './docx-blocks.ts';
import type { DocxRead } from '../reading/docx-content.ts';
import { packDocument } from './pack-document.ts';
import { pageFooter } from './official-document.ts';
import { printable } from '../../../domain/printable.ts';
import { OFFICIAL_PAGE, officialHead, signature } from './official-style.ts';

const RED = 'C00000';

export type Paper = {
  office: string;
  title: string;
  number: string;
  sections: readonly WrittenSection[];
  signature: readonly string[];
};

/** Plain data, so that it crosses to a thread. `contents`: of every file named, by its id. */
export type PaperTask = { paper: Paper; contents: ReadonlyMap<string, DocxRead>; language: Language };

export function setPaper({ paper, contents, language }: PaperTask): Promise<Buffer> {
  const { office, title, number } = paper;
  let lists = 0;
  const nextList = (): number => (lists += 1);
  const body = paper.sections.flatMap((section): (Paragraph | Table)[] => {
    const { level } = section;
    const setting = {
      level,
      lostPicture: lostPictureText(language),
      lostFormula: lostFormulaText(language),
      nextList,
    };
    return [
      heading([headingRun(section.title, level)], level),
      ...section.parts.flatMap((part) => [
        ...part.lines.map(bodyLine),
        ...(part.file === null ? [] : fileOf(part.file, contents.get(part.file.id), setting, language)),
        sideLine(part.attribution),
      ]),
      ...(section.missing === null ? [] : [sideLine(section.missing, RED)]),
    ];
  });
  return packDocument(
    new Document({
      title: printable(title),
      creator: printable(office),
      numbering: NUMBERING,
      sections: [
        {
          properties: OFFICIAL_PAGE,
          footers: { default: pageFooter() },
          children: [...officialHead({ office, title, number }, RED), ...body, ...signature(paper.signature)],
        },
      ],
    }),
  );
}

/** The file was readable when it came in; if it no longer is, a line in its place says so. */
const fileOf = (
  { name }: NonNullable<WrittenPart['file']>,
  read: DocxRead | undefined,
  setting: Setting,
  language: Language,
): (Paragraph | Table)[] =>
  read === undefined || 'fault' in read
    ? [bodyLine(unreadableText(name, language))]
    : blocksOf(read.blocks, setting);
