// For operators: is the process alive, is it ready for work, and its measures (docs/operators).
import { z } from 'zod';
import { defineCall, fileAnswer } from './call.ts';
import { published } from './naming.ts';

const ReadinessAnswer = published(
  'Readiness',
  z.strictObject({
    status: z.enum(['ready', 'starting', 'away', 'draining']),
    /** `full`: it can be read, and nothing written. */
    postgres: z.enum(['up', 'away', 'full']),
    temporal: z.enum(['up', 'away']),
    worker: z.enum(['polling', 'none']),
    /** Why Temporal is away. */
    fault: z.string().optional(),
    /** The file store, where it is a server outside. */
    files: z.enum(['up', 'away']).optional(),
    /** Only where the check of all chains has found a log that was changed; the process stays ready all the same. */
    chains: z.literal('broken').optional(),
  }),
);
export type ReadinessAnswer = z.infer<typeof ReadinessAnswer>;
const tag = 'operations';

export const OPERATION_CALLS = {
  healthz: defineCall({
    method: 'get',
    path: '/healthz',
    at: 'root',
    open: true,
    tag,
    summary: 'The process lives',
    answers: { 200: z.strictObject({ status: z.literal('up') }) },
  }),
  readyz: defineCall({
    method: 'get',
    path: '/readyz',
    at: 'root',
    open: true,
    tag,
    summary:
      '200 once everything has started; later 503 only while PostgreSQL is away, or before the process ends',
    answers: { 200: ReadinessAnswer, 503: ReadinessAnswer },
  }),
  metrics: defineCall({
    method: 'get',
    path: '/metrics',
    at: 'root',
    tag,
    summary: 'Prometheus metrics (administrator)',
    answers: { 200: fileAnswer('text/plain') },
  }),
};
