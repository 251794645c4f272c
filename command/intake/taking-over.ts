// A report takes from earlier ones: values carried over, last values its rules read, snapshots a zero report repeats.
import type { LastFound } from '../../db/queries/submission.ts';
import type { Actor } from '../../domain/access/relation.ts';
import type { CommandOf } from '../../domain/assignment/command.ts';
import { takeOver, type Carrying, type TakenOver } from '../../domain/form/carried.ts';
import type { Form } from '../../domain/form/field.ts';
import { type CompiledForm } from '../../domain/form/form.ts';
import type { Fault } from '../../domain/failure.ts';
import { prefillFor, whereSeen, type Asking } from '../../reading/prefill.ts';
import type { ReadingDeps } from '../../reading/opening.ts';

type Submit = CommandOf<'submit'>;

/** A zero report repeats the last snapshots. A reporter who may not see one must give it, not learn it so (law 9). */
export async function hiddenFaults(
  deps: ReadingDeps,
  actor: Actor,
  { fields }: Form,
  found: readonly LastFound[],
  values: Record<string, unknown>,
): Promise<Fault[]> {
  const snapshots = new Set(fields.filter((f) => f.timeAxis === 'snapshot').map(({ key }) => key));
  const repeated = found.filter(({ key }) => snapshots.has(key) && !Object.hasOwn(values, key));
  const seen = new Set((await whereSeen(deps, actor, repeated, fields)).map(({ key }) => key));
  return repeated.flatMap(({ key }): Fault[] =>
    seen.has(key) ? [] : [{ path: `values.${key}`, code: 'LAST_NOT_SEEN' }],
  );
}

/** The values the report says by itself, and those it takes over. */
export async function takenOver(
  deps: ReadingDeps,
  of: Asking,
  actor: Actor,
  compiled: CompiledForm | null,
  command: Submit,
): Promise<TakenOver> {
  const carrying = carryingOf(command);
  const asks = carrying.unchanged || carrying.carried.length > 0;
  const prefill = asks && compiled ? await prefillFor(deps, of, actor, compiled) : {};
  const taken = takeOver(prefill, carrying);
  if (carrying.unchanged && command.zeroReport)
    taken.faults.push({ path: 'unchanged', code: 'UNCHANGED_AND_ZERO' });
  return taken;
}

/** A merged report that goes up has nothing before it to take over. */
export const takesNothingOver = (command: Submit): Fault[] => takeOver({}, carryingOf(command)).faults;

const carryingOf = ({ values, rows, carried, unchanged }: Submit): Carrying => ({
  values: values ?? {},
  rows: rows ?? {},
  carried: carried ?? [],
  unchanged: unchanged ?? false,
});
