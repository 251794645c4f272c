// The thread uploaded documents are read in: with a memory of its own that may run out without taking the server along.
import { serveTasks } from '../../threads/serve-tasks.ts';
import { UnreadableDocx, type DocxRead } from './docx-content.ts';
import { picturesIn } from './docx-pictures.ts';
import { readDocx } from './read-docx.ts';

const read = async (bytes: Uint8Array): Promise<DocxRead> => {
  try {
    return await readDocx(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    // Whatever else goes wrong in reading it is the document's doing: nothing but it is read here.
    return { fault: error instanceof UnreadableDocx ? error.fault : 'DAMAGED' };
  }
};

serveTasks(read, (answer) => picturesIn([answer]));
