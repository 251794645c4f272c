// A document of many hands written out for Word: head, sections in order with their words, files and attributions, signature.
import { Document, Packer, type Paragraph, type Table } from 'docx';
import {
  lostPictureText,
  unreadableText,
  type WrittenPart,
  type WrittenSection,
} from '../../domain/document/written-document.ts';
import type { Language } from '../../domain/failure.ts';
import { refused } from '../errors.ts';
import { blocksOf, bodyLine, heading, headingRun, NUMBERING, sideLine, type Setting } from './docx-blocks.ts';
import type { Block } from './docx-content.ts';
import type { DocxReader } from './docx-reader.ts';
import { pageFooter } from './official-document.ts';
import { OFFICIAL_PAGE, officialHead, printable, signature } from './official-style.ts';

/** A thousand pages: Word itself takes long to open more. */
const MAX_CHARACTERS = 1_000_000;
const MAX_FILES = 300;
/** Pictures are held in memory until the last page is written. */
const MAX_PICTURE_BYTES = 100 * 1024 * 1024;

const RED = 'C00000';

export type Paper = {
  office: string;
  title: string;
  number: string;
  sections: readonly WrittenSection[];
  signature: readonly string[];
};

/** `DOCUMENT_TOO_LARGE` beyond the limits: nothing is left out to keep within them. */
export async function renderPaper(paper: Paper, reader: DocxReader, language: Language): Promise<Buffer> {
  const { office, title, number, sections } = paper;
  refuseLarge(sections);
  const room = { characters: charactersIn(sections), pictureBytes: 0 };
  let lists = 0;
  const nextList = (): number => (lists += 1);
  const body: (Paragraph | Table)[] = [];
  for (const section of sections) {
    const { level } = section;
    const setting = { level, lostPicture: lostPictureText(language), nextList };
    body.push(heading([headingRun(section.title, level)], level));
    for (const part of section.parts) {
      body.push(...part.lines.map(bodyLine));
      if (part.file) body.push(...(await fileOf(part.file, reader, setting, room, language)));
      body.push(sideLine(part.attribution));
    }
    if (section.missing !== null) body.push(sideLine(section.missing, RED));
  }
  return Packer.toBuffer(
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

type Room = { characters: number; pictureBytes: number };

async function fileOf(
  file: NonNullable<WrittenPart['file']>,
  reader: DocxReader,
  setting: Setting,
  room: Room,
  language: Language,
): Promise<(Paragraph | Table)[]> {
  const read = await reader.read(file.id);
  // It was readable when it came in; what it is now is said in its place.
  if ('fault' in read) return [bodyLine(unreadableText(file.name, language))];
  count(read.blocks, room);
  if (room.characters > MAX_CHARACTERS || room.pictureBytes > MAX_PICTURE_BYTES)
    throw refused('DOCUMENT_TOO_LARGE');
  return blocksOf(read.blocks, setting);
}

function refuseLarge(sections: readonly WrittenSection[]): void {
  const files = sections.reduce(
    (sum, { parts }) => sum + parts.filter(({ file }) => file !== null).length,
    0,
  );
  if (files > MAX_FILES || charactersIn(sections) > MAX_CHARACTERS) throw refused('DOCUMENT_TOO_LARGE');
}

function charactersIn(sections: readonly WrittenSection[]): number {
  let characters = 0;
  for (const { parts } of sections)
    for (const { lines } of parts) for (const line of lines) characters += line.length;
  return characters;
}

function count(blocks: readonly Block[], room: Room): void {
  for (const block of blocks) {
    if (block.kind === 'table') {
      for (const row of block.rows) for (const cell of row) count(cell.blocks, room);
      continue;
    }
    for (const run of block.runs) {
      if (run.kind === 'text') room.characters += run.text.length;
      else if (run.kind === 'picture') room.pictureBytes += run.data.length;
    }
  }
}
