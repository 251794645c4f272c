// The thread that reads uploaded documents, with a memory limit of its own: if that runs out, the server goes on.
import { serveTasks } from '../../threads/serve-tasks.ts';
import { UnreadableDocx, type DocxRead } from './docx-content.ts';
import { picturesIn } from './docx-pictures.ts';
import { readDocx } from './read-docx.ts';

const read = async (bytes: Uint8Array): Promise<DocxRead> => {
  try {
    return await readDocx(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    // Any other error is the document's fault: nothing else is read here.
    return { fault: error instanceof UnreadableDocx ? error.fault : 'DAMAGED' };
  }
};

serveTasks(read, (answer) => picturesIn([answer]));
