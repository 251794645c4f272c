// Writes workbooks and documents out: small ones at once, large ones in a thread of their own and few at a time.
import { Worker } from 'node:worker_threads';
import { refuse } from '../../domain/failure.ts';
import { Refused, refused } from '../errors.ts';
import { render, sizeOf, type Rendering } from './rendering.ts';

/** Written within some 50 ms; a thread costs more than that to begin. */
const SMALL = 5_000;
/** Each may hold a processor for seconds, and the API needs the others. */
const AT_ONCE = 2;
/** Beyond these they are turned away; each that waits holds what is to be written. */
const WAITING = 8;
/** The largest that summaries make takes three seconds. */
const TIME_LIMIT_MS = 30_000;
/** The largest takes some 350 MB while it is written. */
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 };
const RETRY_AFTER_SECONDS = '5';

let running = 0;
const waiting: (() => void)[] = [];

/** `TOO_MANY_REQUESTS` where too many wait already, `TOO_LARGE` where it will not fit. */
export async function press(rendering: Rendering): Promise<Buffer> {
  if (sizeOf(rendering) <= SMALL) return render(rendering);
  await turn();
  try {
    return await inThread(rendering);
  } finally {
    const next = waiting.shift();
    // The place passes on as it is.
    if (next) next();
    else running -= 1;
  }
}

async function turn(): Promise<void> {
  if (running < AT_ONCE) {
    running += 1;
    return;
  }
  if (waiting.length >= WAITING)
    throw new Refused(refuse('TOO_MANY_REQUESTS'), { headers: { 'retry-after': RETRY_AFTER_SECONDS } });
  await new Promise<void>((resolve) => waiting.push(resolve));
}

function inThread(rendering: Rendering): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./render-thread.ts', import.meta.url), {
      workerData: rendering,
      resourceLimits: LIMITS,
      env: {},
      stdin: false,
    });
    const end = (act: () => void): void => {
      clearTimeout(timer);
      act();
      void thread.terminate();
    };
    const fail = (error: Error): void => {
      end(() => {
        reject(error);
      });
    };
    const timer = setTimeout(() => {
      fail(refused('TOO_LARGE'));
    }, TIME_LIMIT_MS);
    thread.once('message', (bytes: Uint8Array) => {
      end(() => {
        resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      });
    });
    thread.once('error', (error: Error & { code?: string }) => {
      fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refused('TOO_LARGE') : error);
    });
    thread.once('exit', () => {
      fail(new Error('the thread that writes documents has ended without an answer'));
    });
  });
}
