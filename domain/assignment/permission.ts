// Which refusals come before a verb's own: unseen, not permitted, the directive over, the clocks standing still.
import { decideAccess } from '../access/access-rule.ts';
import { grantsOfRelation } from '../access/grant.ts';
import type { Relation } from '../access/relation.ts';
import type { Assignment } from './assignment.ts';
import type { Command, Verb } from './command.ts';
import type { DecideContext } from './decision.ts';
import { ON_BEHALF, VERB_RULES } from './verb-access.ts';
import { VERB_TABLE } from './verb-table.ts';
import { refuse, type Refusal } from '../failure.ts';
import { toIso } from '../instant.ts';

/** 404 for an assignment the actor may not see, 403 for one they see and may not act on; null where they may. */
export function permit(relation: Relation, verb: Verb, onBehalf = false): Refusal | null {
  const rule = onBehalf && VERB_TABLE[verb].onBehalf ? ON_BEHALF : VERB_RULES[verb];
  const verdict = decideAccess(rule, grantsOfRelation(relation));
  return verdict.allowed ? null : refuse(verdict.code);
}

export const isOnBehalf = (command: Command): boolean =>
  command.verb === 'submit' && command.onBehalf === true;

/** After closing only corrections and comments live (design.md §3). */
export function directiveOver(
  a: Assignment,
  { directive, received }: Pick<DecideContext, 'directive' | 'received'>,
  verb: Verb,
): Refusal | null {
  const { phase, correctionsUntil } = directive;
  if (phase === 'open') return null;
  if (phase === 'cancelled') return refuse('DIRECTIVE_CANCELLED');
  const inTime = correctionsUntil !== null && received < correctionsUntil;
  return VERB_TABLE[verb].afterClosing?.(a, inTime) ? null : refuse('DIRECTIVE_CLOSED');
}

export const standsStill = (a: Assignment, verb: Verb): Refusal | null =>
  a.suspended !== null && !VERB_TABLE[verb].whileSuspended
    ? refuse('SUSPENDED', { params: { until: toIso(Math.max(...Object.values(a.suspended.until))) } })
    : null;
