// Messages to the workflows of desks and channels: inputs, signals, queries, ids; nothing else.
import { defineQuery, defineSignal, type Sinks } from '@temporalio/workflow';
import type { Channel } from '../domain/delivery/channel.ts';

/** Raise it with an incompatible change of the clockwork; the sentinel replaces runs of an older number. */
export const CLOCKWORK = 1;

export type DeskInput = {
  /** The desk's id, which is the workflow's id too. */
  id: string;
  /** Has everything of this desk gone out? */
  issued: boolean;
  clockwork: number;
};

export type DeskStatus = {
  desk: string;
  turns: number;
  plannedWake: string | null;
  lastWake: string | null;
  counts: Record<string, number>;
};

/** Tells a desk to look at its record. Carries nothing: the record says what there is to do. */
export const nudge = defineSignal('nudge');
export const status = defineQuery<DeskStatus>('status');

export const deskWorkflowId = (desk: string): string => desk;
export const deskInput = (desk: string, issued: boolean): DeskInput => ({
  id: desk,
  issued,
  clockwork: CLOCKWORK,
});

/** Search attributes by which a desk is found in Temporal's own UI. */
export const SEARCH_ATTRIBUTES = ['ZhuanbanDirective', 'ZhuanbanTaskForce', 'ZhuanbanUnit'] as const;
type SearchAttribute = {
  key: { name: (typeof SEARCH_ATTRIBUTES)[number]; type: 'KEYWORD' };
  value: string;
};

export function searchAttributesOf(desk: { directive: string; node: string | null }): SearchAttribute[] {
  const [, , taskForce, ...units] = desk.node?.split('.') ?? [];
  const values = {
    ZhuanbanDirective: desk.directive,
    ZhuanbanTaskForce: taskForce,
    ZhuanbanUnit: units.at(-1),
  };
  return SEARCH_ATTRIBUTES.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [{ key: { name, type: 'KEYWORD' }, value }];
  });
}

/** One `delivery` workflow serves one channel. */
export type DeliveryInput = { channel: Channel };
export type DeliveryStatus = {
  channel: Channel;
  rounds: number;
  sent: number;
  others: number;
  lastRound: string | null;
};
export const deliveryStatus = defineQuery<DeliveryStatus>('deliveryStatus');

/** No code of a directive contains a slash, so this is never a desk's id. */
export const deliveryWorkflowId = (channel: Channel): string => `delivery/${channel}`;
export const DIGEST_WORKFLOW_ID = 'digest/run';
export const DIGEST_SCHEDULE_ID = 'digest';

/** The header that carries the trace of a nudge; absent without tracing. */
export const TRACE_HEADER = 'zhuanban-trace';
export type TraceCarrier = { traceparent?: string; tracestate?: string };
export type TraceSinks = Sinks & {
  tracing: {
    /** A run was started or nudged within a trace; `span` is the parent of its activities. */
    entered(entry: { carrier: TraceCarrier; span: string; by: 'started' | 'nudged' }): void;
  };
};
