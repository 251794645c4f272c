// A worker ignores traces while tracing is off in it, and on in the processes that nudge.
import type { InjectedSinks } from '@temporalio/worker';
import type { TraceSinks } from '../../workflows/messages.ts';

export const untracedWorkflows: InjectedSinks<TraceSinks> = {
  tracing: { entered: { fn: () => undefined, callDuringReplay: false } },
};
