// The pictures of read documents, as memory that is handed from thread to thread and not copied.
import type { DocxBlock, DocxRead } from './docx-content.ts';

/** Each piece of memory once, however often its picture occurs in the documents. */
export function picturesIn(reads: Iterable<DocxRead>): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  for (const read of reads) if ('blocks' in read) collect(read.blocks, found);
  return [...found];
}

function collect(blocks: readonly DocxBlock[], found: Set<ArrayBuffer>): void {
  for (const block of blocks)
    if (block.kind === 'table')
      for (const row of block.rows) for (const cell of row) collect(cell.blocks, found);
    else
      for (const run of block.runs)
        if (run.kind === 'picture' && run.data.buffer instanceof ArrayBuffer) found.add(run.data.buffer);
}
