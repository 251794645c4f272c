// Tracing switched on: spans are gathered and sent to a collector by OTLP over HTTP. Imported only then.
import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type IdGenerator,
} from '@opentelemetry/sdk-trace';

export type TracesConfig = {
  /** The collector's address, without the path. */
  endpoint: string;
  /** The share of the requests that no caller has decided about, 0 to 1. */
  share: number;
};
type TracesLog = { warn(about: object, text: string): void };

/** A collector that is away is told at once and then each minute. */
const SAY_EVERY_MS = 60_000;
/** Spans are sent this often: a killed process loses no more than that. */
const SEND_EVERY_MS = 1_000;
/** For one attempt with its repetitions; spans not sent by then are lost. */
const SEND_TIMEOUT_MS = 5_000;
/** The process waits no longer than this for a collector when it ends. */
const LAST_SEND_MS = 2_000;

/** A workflow chooses its span's id and hands it on: its span is recorded outside of the sandbox, under that id. */
let chosenId: string | null = null;
export function withSpanId<T>(id: string, start: () => T): T {
  chosenId = id;
  try {
    return start();
  } finally {
    chosenId = null;
  }
}
class ChosenIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  generateTraceId(): string {
    return this.random.generateTraceId();
  }
  generateSpanId(): string {
    return chosenId ?? this.random.generateSpanId();
  }
}

/** `service`: as it is shown, zhuanban-api or zhuanban-worker. Answers how to send the rest and end. */
export function startTracing(
  service: string,
  { endpoint, share }: TracesConfig,
  log: TracesLog,
): { stop(): Promise<void> } {
  let saidMs = Number.NEGATIVE_INFINITY;
  const say = (...said: unknown[]): void => {
    const nowMs = performance.now();
    if (nowMs - saidMs < SAY_EVERY_MS) return;
    saidMs = nowMs;
    log.warn({ said: said.map(String) }, 'traces could not be sent');
  };
  const silent = (): void => undefined;
  diag.setLogger(
    { error: say, warn: say, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'process.pid': process.pid }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    idGenerator: new ChosenIds(),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({
          url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
          timeoutMillis: SEND_TIMEOUT_MS,
        }),
        scheduledDelayMillis: SEND_EVERY_MS,
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    async stop() {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LAST_SEND_MS);
      });
      await Promise.race([provider.shutdown().catch(say), patience]);
      clearTimeout(timer);
    },
  };
}
