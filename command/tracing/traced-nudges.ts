// Nudges under tracing: each is a span, and takes its trace along to the desk's workflow.
import { context, propagation, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { TRACE_HEADER, type TraceCarrier } from '../../workflows/messages.ts';
import { withinSpan } from './span.ts';

export const tracedNudges: WorkflowClientInterceptor = {
  signalWithStart(input, next) {
    // The sentinel's nudges come from no request: they would be traces of their own, one a desk. The span that asked for
    // a nudge may have ended by now: a request is answered before its nudges.
    const above = trace.getSpanContext(context.active());
    if (above === undefined || (above.traceFlags & TraceFlags.SAMPLED) === 0) return next(input);
    const about = {
      name: `nudge ${input.workflowType}`,
      kind: SpanKind.PRODUCER,
      attributes: { 'zhuanban.desk': input.options.workflowId },
    };
    return withinSpan(about, () => {
      const carrier: TraceCarrier = {};
      propagation.inject(context.active(), carrier);
      const headers = { ...input.headers, [TRACE_HEADER]: defaultPayloadConverter.toPayload(carrier) };
      return next({ ...input, headers });
    });
  },
};
