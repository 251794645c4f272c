// What is said to a desk's workflow: its input, its signal, its query, its ids; nothing else.
import { defineQuery, defineSignal } from '@temporalio/workflow';

/** Raised by an incompatible change of the clockwork; the sentinel replaces runs of an older number. */
export const CLOCKWORK = 1;

/** The three types of desks are workflow types of the same names. */
export type DeskKind = 'directive' | 'taskForce' | 'unit';

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

/** Look at your desk: it has been asked for. Carries nothing; what there is to do is in the record. */
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
