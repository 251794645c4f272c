// Why a due time is what it is, kept beside its instant: what planning it again starts from.
import type { DueRule } from '../calendar/calendar.ts';

/**
 * `instant`: given as an instant. `rule`: given as a rule, counted from the directive's `receivedAt`. `margin`:
 * budgeted, leaves `ms` of working time to the level above.
 */
export type DueBasis = { by: 'instant' } | { by: 'rule'; rule: DueRule } | { by: 'margin'; ms: number };
