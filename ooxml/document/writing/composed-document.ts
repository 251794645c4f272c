// A document composed of many people's parts for Word: reads the uploads, holds the limits, and sets it in a thread of
// its own.
import type { WrittenPart, WrittenSection } from '../../../domain/paper/document/written-document.ts';
import type { Language } from '../../../domain/failure.ts';
import { DocumentTooLarge } from '../document-too-large.ts';
import { createThreads, OutOfBounds } from '../../threads/bounded-threads.ts';
import { WORK } from '../../threads/kinds-of-work.ts';
import type { ThreadBudget } from '../../threads/thread-budget.ts';
import { picturesIn } from '../reading/docx-pictures.ts';
import type { DocxBlock, DocxRead } from '../reading/docx-content.ts';
import type { DocxReader } from '../reading/docx-reader.ts';
import type { Paper, PaperTask } from './paper.ts';

/** A thousand pages of 22 lines with 28 letters: Word itself takes long to open more. */
const MAX_CHARACTERS = 600_000;
const MAX_FILES = 300;
/** Pictures are held in memory until the last page is written. */
const MAX_PICTURE_BYTES = 100 * 1024 * 1024;

export type PaperWriter = {
  /** Throws `DocumentTooLarge` beyond the limits rather than leave anything out. */
  write(paper: Paper, language: Language): Promise<Buffer>;
};

/** `reader`: of the files named in a document. */
export function createPaperWriter(budget: ThreadBudget, reader: DocxReader): PaperWriter {
  const threads = createThreads<PaperTask, Uint8Array>(
    budget,
    new URL('./paper-thread.ts', import.meta.url),
    WORK['write document'],
    ({ contents }) => picturesIn(contents.values()),
  );
  return {
    async write(paper, language) {
      const contents = await contentsOf(paper, reader);
      try {
        const { buffer, byteOffset, byteLength } = await threads.run(() => ({ paper, contents, language }));
        return Buffer.from(buffer, byteOffset, byteLength);
      } catch (error) {
        throw error instanceof OutOfBounds ? new DocumentTooLarge() : error;
      }
    },
  };
}

/** The content of every file named, by its id. */
async function contentsOf({ sections }: Paper, reader: DocxReader): Promise<Map<string, DocxRead>> {
  refuseLarge(sections);
  const room = { characters: charactersIn(sections), pictureBytes: 0 };
  const contents = new Map<string, DocxRead>();
  for (const { id } of filesIn(sections)) {
    if (contents.has(id)) continue;
    const read = await reader.read(id);
    contents.set(id, read);
    if ('blocks' in read) count(read.blocks, room);
    if (room.characters > MAX_CHARACTERS || room.pictureBytes > MAX_PICTURE_BYTES)
      throw new DocumentTooLarge();
  }
  return contents;
}

const filesIn = (sections: readonly WrittenSection[]): NonNullable<WrittenPart['file']>[] =>
  sections.flatMap(({ parts }) => parts.flatMap(({ file }) => file ?? []));

function refuseLarge(sections: readonly WrittenSection[]): void {
  if (filesIn(sections).length > MAX_FILES || charactersIn(sections) > MAX_CHARACTERS)
    throw new DocumentTooLarge();
}

function charactersIn(sections: readonly WrittenSection[]): number {
  let characters = 0;
  for (const { parts } of sections)
    for (const { lines } of parts) for (const line of lines) characters += line.length;
  return characters;
}

function count(blocks: readonly DocxBlock[], room: { characters: number; pictureBytes: number }): void {
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
