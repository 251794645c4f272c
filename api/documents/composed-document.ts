// A document of many hands for Word: what was uploaded is read, the limits are held, and a thread of its own sets it.
import { Worker } from 'node:worker_threads';
import type { WrittenPart, WrittenSection } from '../../domain/document/written-document.ts';
import type { Language } from '../../domain/failure.ts';
import { refused } from '../errors.ts';
import type { Block, DocxRead } from './docx-content.ts';
import type { DocxReader } from './docx-reader.ts';
import type { Paper, PaperTask } from './paper.ts';

/** A thousand pages of 22 lines with 28 letters: Word itself takes long to open more. */
const MAX_CHARACTERS = 600_000;
const MAX_FILES = 300;
/** Pictures are held in memory until the last page is written. */
const MAX_PICTURE_BYTES = 100 * 1024 * 1024;
/** A thousand pages take two seconds, and the API has better to do meanwhile. */
const TIMEOUT_MS = 60_000;
const HEAP_MB = 1_024;

/** `DOCUMENT_TOO_LARGE` beyond the limits: nothing is left out to keep within them. */
export async function renderPaper(paper: Paper, reader: DocxReader, language: Language): Promise<Buffer> {
  refuseLarge(paper.sections);
  const room = { characters: charactersIn(paper.sections), pictureBytes: 0 };
  const contents = new Map<string, DocxRead>();
  for (const { id } of filesIn(paper.sections)) {
    if (contents.has(id)) continue;
    const read = await reader.read(id);
    contents.set(id, read);
    if ('blocks' in read) count(read.blocks, room);
    if (room.characters > MAX_CHARACTERS || room.pictureBytes > MAX_PICTURE_BYTES)
      throw refused('DOCUMENT_TOO_LARGE');
  }
  return setInThread({ paper, contents, language });
}

function setInThread(task: PaperTask): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./paper-thread.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      env: {},
    });
    const end = (act: () => void): void => {
      clearTimeout(timer);
      act();
      void thread.terminate();
    };
    const timer = setTimeout(() => {
      end(() => {
        reject(refused('DOCUMENT_TOO_LARGE'));
      });
    }, TIMEOUT_MS);
    thread.once('message', (bytes: Uint8Array) => {
      end(() => {
        resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      });
    });
    thread.once('error', (error: Error & { code?: string }) => {
      end(() => {
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refused('DOCUMENT_TOO_LARGE') : error);
      });
    });
  });
}

const filesIn = (sections: readonly WrittenSection[]): NonNullable<WrittenPart['file']>[] =>
  sections.flatMap(({ parts }) => parts.flatMap(({ file }) => file ?? []));

function refuseLarge(sections: readonly WrittenSection[]): void {
  if (filesIn(sections).length > MAX_FILES || charactersIn(sections) > MAX_CHARACTERS)
    throw refused('DOCUMENT_TOO_LARGE');
}

function charactersIn(sections: readonly WrittenSection[]): number {
  let characters = 0;
  for (const { parts } of sections)
    for (const { lines } of parts) for (const line of lines) characters += line.length;
  return characters;
}

function count(blocks: readonly Block[], room: { characters: number; pictureBytes: number }): void {
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
