// Tracing of a worker: its workflows, and each activity as a span below its workflow. Imported only while tracing is on.
import { context, propagation, ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { defaultPayloadConverter } from '@temporalio/common';
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { startTracing, withSpanId, type TracesConfig } from './exporting.ts';
import { tracedNudges } from './traced-nudges.ts';
import { tracer, withinSpan } from './span.ts';
import { TRACE_HEADER, type TraceCarrier, type TraceSinks } from '../../workflows/messages.ts';

/** An activity that no request has led to gets no trace: clocks would make thousands. */
const tracedActivities: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    execute(input, next) {
      const header = input.headers[TRACE_HEADER];
      if (header === undefined) return next(input);
      const carrier = defaultPayloadConverter.fromPayload<TraceCarrier>(header);
      const about = {
        name: `activity ${info.activityType}`,
        kind: SpanKind.CONSUMER,
        attributes: {
          'zhuanban.desk': info.workflowExecution?.workflowId ?? '',
          'zhuanban.attempt': info.attempt,
        },
      };
      return context.with(propagation.extract(ROOT_CONTEXT, carrier), () =>
        withinSpan(about, () => next(input)),
      );
    },
  },
});

/** A moment, not a length: the run's later work is its activities, each a span of its own. */
const tracedWorkflows: InjectedSinks<TraceSinks> = {
  tracing: {
    entered: {
      fn({ workflowId, workflowType }, { carrier, span, by }) {
        const attributes = { 'zhuanban.desk': workflowId, 'zhuanban.by': by };
        withSpanId(span, () =>
          tracer.startSpan(
            `workflow ${workflowType}`,
            { kind: SpanKind.CONSUMER, attributes },
            propagation.extract(ROOT_CONTEXT, carrier),
          ),
        ).end();
      },
      callDuringReplay: false,
    },
  },
};

export type WorkerTracing = {
  sinks: InjectedSinks<TraceSinks>;
  activityInterceptors: ActivityInterceptorsFactory[];
  clientInterceptors: WorkflowClientInterceptor[];
  /** Sends the rest. */
  stop(): Promise<void>;
};

export const startWorkerTracing = (
  config: TracesConfig,
  log: { warn(about: object, text: string): void },
): WorkerTracing => ({
  ...startTracing('zhuanban-worker', config, log),
  sinks: tracedWorkflows,
  activityInterceptors: [tracedActivities],
  clientInterceptors: [tracedNudges],
});
