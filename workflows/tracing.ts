// Carries the trace of a nudge on to the activities it causes in a desk's run; without tracing it changes nothing.
import { defaultPayloadConverter, type Headers, type Payload } from '@temporalio/common';
import { proxySinks, uuid4, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { TRACE_HEADER, type TraceCarrier, type TraceSinks } from './messages.ts';

/** `00-<trace>-<span>-<flags>` (W3C). */
const PARENT = /^(00-[0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;

export const interceptors: WorkflowInterceptorsFactory = () => {
  const { tracing } = proxySinks<TraceSinks>();
  /** The trace of the last nudge; a run lasts for months, so it has no trace of its own. */
  let header: Payload | undefined;
  let taken: string | undefined;

  function take(headers: Headers, by: 'started' | 'nudged'): void {
    const given = headers[TRACE_HEADER];
    if (given === undefined) {
      header = undefined;
      return;
    }
    const carrier = defaultPayloadConverter.fromPayload<TraceCarrier>(given);
    const [, trace, flags] = PARENT.exec(carrier.traceparent ?? '') ?? [];
    // A nudge that starts the run arrives both as start and as signal.
    if (trace === undefined || flags === undefined || carrier.traceparent === taken) return;
    taken = carrier.traceparent;
    const span = uuid4().replaceAll('-', '').slice(0, 16);
    tracing.entered({ carrier, span, by });
    header = defaultPayloadConverter.toPayload({ ...carrier, traceparent: `${trace}-${span}-${flags}` });
  }
  const carried = <Input extends { readonly headers: Headers }>(input: Input): Input =>
    header === undefined ? input : { ...input, headers: { ...input.headers, [TRACE_HEADER]: header } };

  return {
    inbound: [
      {
        execute(input, next) {
          take(input.headers, 'started');
          return next(input);
        },
        handleSignal(input, next) {
          take(input.headers, 'nudged');
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(carried(input)),
        scheduleLocalActivity: (input, next) => next(carried(input)),
        startChildWorkflowExecution: (input, next) => next(carried(input)),
        // What a clock wakes later belongs to no request any more.
        startTimer(input, next) {
          if (header === undefined) return next(input);
          return next(input).then(() => {
            header = undefined;
          });
        },
      },
    ],
  };
};
