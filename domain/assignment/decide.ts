// The decision on a command: events, or a refusal by name, in the contract's order (api.md §2).
import type { Assignment } from './assignment.ts';
import { VERBS, type Command, type CommandOf, type Verb } from './command.ts';
import type { AllowedContext, DecideContext, Decision } from './decision.ts';
import { sayingLosses } from './figure-version.ts';
import { isRefusal } from '../failure.ts';
import { toIso } from '../instant.ts';
import { directiveOver, isOnBehalf, permit, standsStill } from './permission.ts';
import { VERB_TABLE } from './verb-table.ts';

export function decide(a: Assignment, context: DecideContext, command: Command): Decision {
  const refused =
    permit(context.relation, command.verb, isOnBehalf(command)) ??
    directiveOver(a, context, command.verb) ??
    standsStill(a, command.verb);
  const decision = refused ?? decideVerb(a, context, command.verb, command);
  if (isRefusal(decision)) return decision;
  return sayingLosses(a, decision, { at: toIso(context.received), actor: context.person });
}

const decideVerb = <V extends Verb>(
  a: Assignment,
  context: DecideContext,
  verb: V,
  command: CommandOf<V>,
): Decision => VERB_TABLE[verb].decide(a, context, command);

/** The verbs the actor may use on it now; the door asks `decide` again. */
export const allowed = (a: Assignment, context: AllowedContext): Verb[] =>
  VERBS.filter(
    (verb) =>
      VERB_TABLE[verb].isOpen(a, context) &&
      permit(context.relation, verb) === null &&
      directiveOver(a, context, verb) === null &&
      standsStill(a, verb) === null,
  );
