// Tracing of an API process: requests, commands in the door, nudges. Imported only where traces are wanted.
import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { RequestHandler } from 'express';
import { startTracing, type TracesConfig } from '../command/tracing/exporting.ts';
import { traceDoor, type DoorTracing } from '../command/tracing/traced-door.ts';
import { tracedNudges } from '../command/tracing/traced-nudges.ts';
import { traceRequests } from './traced-requests.ts';

export type ApiTracing = {
  traceRequests: RequestHandler;
  door: DoorTracing;
  clientInterceptors: WorkflowClientInterceptor[];
  /** Sends the rest. */
  stop(): Promise<void>;
};

export const startApiTracing = (
  config: TracesConfig,
  log: { warn(about: object, text: string): void },
): ApiTracing => ({
  ...startTracing('zhuanban-api', config, log),
  traceRequests,
  door: traceDoor(),
  clientInterceptors: [tracedNudges],
});
