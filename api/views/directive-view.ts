// A directive as readers see it (api.md §4), and its plan as a preview shows it.
import type { DirectiveAnswer, DirectiveNotice } from '../../contract/directive-answer.ts';
import type { DirectivePreview, PlannedAnswer } from '../../contract/directives.ts';
import type { PreparedDirective } from '../../command/directive/directive.ts';
import type { DirectiveRow } from '../../db/queries/directive.ts';
import type { BranchTally } from '../../db/queries/tally.ts';
import { ancestorsOf, levelOf } from '../../domain/code.ts';
import { toIso, toIsoOrNull } from '../../domain/instant.ts';
import { nameOf, taskForcePlace, unitPlace, type Directory } from '../../domain/organisation/organisation.ts';
import type { Planned, PlanWarning } from '../../domain/directive/planned.ts';
import type { Language } from '../../domain/failure.ts';
import { warningView } from './warning-view.ts';

/** The facts on the paper, the same for every reader. */
const paperOf = (row: DirectiveRow): Omit<DirectiveNotice, 'items' | 'handedUp'> => ({
  id: row.id,
  number: row.number,
  title: row.title,
  body: row.body,
  attachments: row.attachments,
  superior: row.superior,
  office: row.office,
  urgency: row.urgency,
  phase: row.phase,
  receivedAt: row.receivedAt.toISOString(),
  issuedAt: row.issuedAt?.toISOString() ?? null,
  dueAt: row.dueAt?.toISOString() ?? null,
  closedAt: row.closedAt?.toISOString() ?? null,
});

export function directiveView(
  row: DirectiveRow,
  tally: BranchTally | undefined,
  missing: string[],
): DirectiveAnswer {
  return {
    ...paperOf(row),
    version: row.version,
    calendar: row.calendar,
    calendarVersion: row.calendarVersion,
    policy: row.policy,
    officeDueAt: row.officeDueAt?.toISOString() ?? null,
    madeBy: row.madeBy,
    items: row.items,
    handedUp: row.handedUp,
    counts: tally?.counts ?? null,
    coverage: tally ? { ...tally.coverage, missing } : null,
  };
}

/** For the superior: the notice and its items' demands. How it is carried out below is the office's business. */
export function noticeView(row: DirectiveRow): DirectiveNotice {
  return {
    ...paperOf(row),
    items: row.items.map(({ key, title, body, attachments, form }) => ({
      key,
      title,
      body,
      attachments,
      form,
    })),
    handedUp: row.handedUp,
  };
}

/** Assignments one preview lists; the rest is counted. */
const MAX_PREVIEWED = 2_000;

export function previewView(
  { id, request, calendarVersion, office, receivedAt, plan }: PreparedDirective,
  directory: Directory,
  issuedAt: number,
  more: { warnings: readonly PlanWarning[]; language: Language },
): DirectivePreview {
  const assignments: PlannedAnswer[] = [];
  const levels = new Map<
    number,
    { level: number; assignments: number; earliestDueAt: number; latestDueAt: number }
  >();
  let total = 0;
  const walk = (planned: Planned): void => {
    total += 1;
    const level = levelOf(planned.id);
    const known = levels.get(level);
    levels.set(level, {
      level,
      assignments: (known?.assignments ?? 0) + 1,
      earliestDueAt: Math.min(known?.earliestDueAt ?? Infinity, planned.dueAt),
      latestDueAt: Math.max(known?.latestDueAt ?? -Infinity, planned.dueAt),
    });
    if (assignments.length < MAX_PREVIEWED) assignments.push(plannedView(planned, directory));
    planned.children.forEach(walk);
  };
  plan.roots.forEach(walk);
  return {
    id,
    number: request.number,
    title: request.title,
    office,
    calendar: request.calendar,
    calendarVersion,
    receivedAt: toIso(receivedAt),
    issuedAt: toIso(issuedAt),
    dueAt: toIso(plan.dueAt),
    officeDueAt: toIso(plan.officeDueAt),
    total,
    budget: {
      marginsMs: plan.margins,
      levels: [...levels.values()].map((level) => ({
        ...level,
        earliestDueAt: toIso(level.earliestDueAt),
        latestDueAt: toIso(level.latestDueAt),
      })),
    },
    assignments,
    more: total > assignments.length,
    readings: plan.readings.map(({ path, rule, workdaysAt, calendarDaysAt }) => ({
      path,
      rule,
      holds: 'workdays',
      workdays: toIso(workdaysAt),
      calendarDays: toIso(calendarDaysAt),
    })),
    warnings: more.warnings.map((warning) => warningView(warning, more.language)),
  };
}

const plannedView = (planned: Planned, directory: Directory): PlannedAnswer => ({
  id: planned.id,
  item: planned.item,
  parent: ancestorsOf(planned.id).at(-1) ?? null,
  ...(planned.unit === null
    ? { taskForce: { code: planned.taskForce, name: nameOf(directory, taskForcePlace(planned.taskForce)) } }
    : { unit: { code: planned.unit, name: nameOf(directory, unitPlace(planned.unit)) } }),
  dueAt: toIso(planned.dueAt),
  acknowledgeBy: toIsoOrNull(planned.acknowledgeBy),
});
