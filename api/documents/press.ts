// Writes workbooks and documents out: small ones at once, large ones in a thread of their own and few at a time.
import { refused } from '../errors.ts';
import { createThreads, OutOfBounds } from '../threads/bounded-threads.ts';
import { render, sizeOf, type Rendering } from './rendering.ts';

/** Written within some 50 ms; a thread costs more than that to begin. */
const SMALL = 5_000;

const threads = createThreads<Rendering, Uint8Array>(
  new URL('./render-thread.ts', import.meta.url),
  // The largest that summaries make takes three seconds, and some 350 MB while it is written.
  { heapMb: 512, timeMs: 30_000, atOnce: 2, waiting: 8 },
);

/** `TOO_MANY_REQUESTS` where too many wait already, `TOO_LARGE` where it will not fit. */
export async function press(rendering: Rendering): Promise<Buffer> {
  if (sizeOf(rendering) <= SMALL) return render(rendering);
  try {
    const { buffer, byteOffset, byteLength } = await threads.run(() => rendering);
    return Buffer.from(buffer, byteOffset, byteLength);
  } catch (error) {
    throw error instanceof OutOfBounds ? refused('TOO_LARGE') : error;
  }
}
