// Opens and fills templates: each in a thread with limits of its own, few at once, so that none can stop or fill the API.
import { Worker } from 'node:worker_threads';
import { refuse } from '../../domain/failure.ts';
import { Refused } from '../errors.ts';
import type { TemplateDone, TemplateTask } from './template-task.ts';

/** One may hold a processor for seconds, and the API needs the others. */
const AT_ONCE = 2;
/** Beyond these they are turned away; each that waits holds its bytes. */
const WAITING = 8;
/** A template of an office takes a second; what takes this long was made to. */
const TIME_LIMIT_MS = 20_000;
/** A workbook of ten thousand rows becomes some 150 MB while it is filled. */
const LIMITS = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 48, stackSizeMb: 4 };
const RETRY_AFTER_SECONDS = '5';

let running = 0;
const waiting: (() => void)[] = [];

/** `LARGE` also where memory or time ran out. */
export async function press(bytes: Uint8Array, task: TemplateTask): Promise<TemplateDone> {
  await turn();
  try {
    return await inThread(bytes, task);
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

function inThread(bytes: Uint8Array, task: TemplateTask): Promise<TemplateDone> {
  // A copy of its own: what is handed over is gone from here.
  const own = new Uint8Array(bytes);
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./template-thread.ts', import.meta.url), {
      workerData: { bytes: own, task },
      transferList: [own.buffer],
      resourceLimits: LIMITS,
      env: {},
      stdin: false,
    });
    const end = (act: () => void): void => {
      clearTimeout(timer);
      act();
      void thread.terminate();
    };
    const answer = (done: TemplateDone): void => {
      end(() => {
        resolve(done);
      });
    };
    const timer = setTimeout(() => {
      answer({ unfit: 'LARGE' });
    }, TIME_LIMIT_MS);
    thread.once('message', answer);
    thread.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') answer({ unfit: 'LARGE' });
      else
        end(() => {
          reject(error);
        });
    });
    thread.once('exit', () => {
      end(() => {
        reject(new Error('the thread that fills templates has ended without an answer'));
      });
    });
  });
}
