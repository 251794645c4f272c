// Large bodies: only of people who may do such a thing at all, few at a time of one person, judged in a bounded thread.
import type { Request } from 'express';
import { pathNamesOf, type ApiCall } from '../../contract/call.ts';
import { createThreads, OutOfBounds } from '../../ooxml/threads/bounded-threads.ts';
import { WORK } from '../../ooxml/threads/kinds-of-work.ts';
import { actorOf } from '../access/authenticate.ts';
import { officeOf } from '../access/directive-access.ts';
import { demandAtAll, grantsOf } from '../access/right.ts';
import type { ApiDeps } from '../deps.ts';
import { forbidden, refused } from '../errors.ts';
import { createTurns } from '../../command/turns.ts';
import type { LargeBodies } from './body.ts';
import type { JudgedBody } from '../../contract/judged-body.ts';
import type { JudgingTask } from './judging-thread.ts';

/** Of one person at once. A list of large bodies is sent one after the other. */
const MOST_OF_ONE_PERSON = 2;

/** By the table of access. A draft is looked for as well: only its office may send it anew. */
async function demandRight(deps: ApiDeps, req: Request, call: ApiCall): Promise<void> {
  const isNamed = pathNamesOf(call.path).length > 0;
  const held = await grantsOf(deps, req);
  demandAtAll(call, held);
  if (call.largeBody === 'directive' && isNamed) await officeOf(deps, req);
  // A person without a post sees nothing that has a name.
  else if (held.posted !== true) throw isNamed ? refused('NOT_FOUND') : forbidden();
}

export function createLargeBodies(deps: ApiDeps): LargeBodies {
  const threads = createThreads<JudgingTask, JudgedBody>(
    deps.threads,
    new URL('./judging-thread.ts', import.meta.url),
    WORK['judge body'],
    ({ bytes }) => [bytes.buffer],
  );
  const turns = createTurns(MOST_OF_ONE_PERSON);
  return {
    demandRight: (req, call) => demandRight(deps, req, call),
    judge: (req, { method, path }, bytes) =>
      turns.take(actorOf(req).person, async () => {
        try {
          return await threads.run(() => ({ call: `${method} ${path}`, bytes }));
        } catch (error) {
          throw error instanceof OutOfBounds ? refused('TOO_LARGE') : error;
        }
      }),
  };
}
