// A command's events, or its refusal, for tests that expect the one or the other.
import type { Assignment } from '../../domain/assignment/assignment.ts';
import type { Command } from '../../domain/assignment/command.ts';
import { decide } from '../../domain/assignment/decide.ts';
import type { DecideContext } from '../../domain/assignment/decision.ts';
import { isRefusal, type Refusal } from '../../domain/failure.ts';
import type { NewEvent } from '../../domain/assignment/happening.ts';
import { contextOf } from './sample-assignment.ts';

export function decided(a: Assignment, command: Command, changes: Partial<DecideContext> = {}): NewEvent[] {
  const decision = decide(a, contextOf(changes), command);
  if (isRefusal(decision)) throw new Error(JSON.stringify(decision));
  return decision;
}

export function refusal(a: Assignment, command: Command, changes: Partial<DecideContext> = {}): Refusal {
  const decision = decide(a, contextOf(changes), command);
  if (!isRefusal(decision)) throw new Error(`it was taken: ${JSON.stringify(decision)}`);
  return decision;
}
