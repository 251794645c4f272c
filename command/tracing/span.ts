// A piece of work as a span of a trace: by OpenTelemetry's interface alone, which does nothing where tracing is off.
import { context, SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';

export const tracer = trace.getTracer('zhuanban');

export type SpanAbout = { name: string; kind?: SpanKind; attributes?: Attributes };

/** Runs `work` within a span below the one that is active; one that throws is a span with an error. */
export async function withinSpan<T>(about: SpanAbout, work: (span: Span) => Promise<T>): Promise<T> {
  const { name, kind = SpanKind.INTERNAL, attributes = {} } = about;
  const span = tracer.startSpan(name, { kind, attributes });
  try {
    return await context.with(trace.setSpan(context.active(), span), () => work(span));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    if (Error.isError(error)) span.recordException(error);
    throw error;
  } finally {
    span.end();
  }
}
