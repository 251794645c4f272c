// The last approved values of a unit, as far as the reader sees where they come from: for prefilling, and at a glance.
import type { Pool } from '../db/pool.ts';
import { findLast, type LastFound } from '../db/queries/submission.ts';
import type { Actor } from '../domain/access/relation.ts';
import type { Field } from '../domain/form/field.ts';
import { needsLast, type CompiledForm } from '../domain/form/form.ts';
import { offeredFields, offersOf, type LastApproved, type Prefill } from '../domain/form/prefill.ts';
import { toMillis } from '../domain/instant.ts';
import { readSnapshot, sees } from './seen-row.ts';
import type { ReadingDeps } from './opening.ts';
import { sensitiveKeys } from '../domain/form/masking.ts';
import { isClearTo } from './sensitive.ts';

/** The assignment that asks. Its own earlier reports are not "before", and a value merged from below has no last value. */
export type Asking = { id: string; unit: string | null; node: boolean };

/** The last approved values of these fields by the same unit, without asking who may see them. */
export async function lastReportOf(pool: Pool, of: Asking, fields: readonly Field[]): Promise<LastFound[]> {
  if (fields.length === 0 || of.unit === null) return [];
  return findLast(
    pool,
    of.unit,
    of.id,
    fields.map(({ key, type }) => ({ key, type })),
  );
}

/**
 * The last approved values of these fields by the same unit, of assignments the reader sees (law 9): the issuer of one
 * directive must not read through it the values the unit told another office.
 */
export async function lastSeen(
  deps: ReadingDeps,
  of: Asking,
  actor: Actor,
  fields: readonly Field[],
): Promise<LastApproved[]> {
  const found = of.node ? [] : await lastReportOf(deps.pool, of, fields);
  const seen = await whereSeen(deps, actor, found, fields);
  return seen.map(({ key, value, at, assignment }) => ({
    key,
    value,
    at: toMillis(at.toISOString()),
    assignment,
  }));
}

/**
 * Those of the found values whose assignments the reader sees; of sensitive fields those the reader reads in clear there.
 * One who issues a task may not learn through it the telephone numbers the unit gave another issuer, so they are not
 * offered at all.
 */
export async function whereSeen(
  { pool, sources, now }: ReadingDeps,
  actor: Actor,
  found: readonly LastFound[],
  fields: readonly Field[],
): Promise<LastFound[]> {
  if (found.length === 0) return [];
  const snapshot = await readSnapshot(
    { sources },
    pool,
    found.map(({ directive, assignment: id }) => ({ directive, id })),
  );
  const sensitive = sensitiveKeys({ fields });
  const viewer = { directory: snapshot.directory, person: actor.person, now: now() };
  return found.filter(({ key, assignment }) => {
    const row = snapshot.rows.get(assignment);
    if (row === undefined || !sees(snapshot, assignment, actor, viewer.now)) return false;
    // A form that does not call the field sensitive opens nothing of one that did.
    const asked = sensitiveKeys(snapshot.directiveOf(row).items.get(row.state.item)?.form);
    return !(sensitive.has(key) || asked.has(key)) || isClearTo(viewer, snapshot.standingOf(row));
  });
}

/** The values a person who fills in this assignment may take over, by field key. */
export async function prefillFor(
  deps: ReadingDeps,
  of: Asking,
  actor: Actor,
  compiled: CompiledForm,
): Promise<Prefill> {
  return offersOf(compiled, await lastSeen(deps, of, actor, offeredFields(compiled.form)), deps.now());
}

/** The last values the rules read, the same for every reporter. */
export async function readByRules(
  pool: Pool,
  of: Asking,
  compiled: CompiledForm,
  zeroReport: boolean,
): Promise<LastFound[]> {
  const keys = new Set(needsLast(compiled, zeroReport));
  const fields = compiled.form.fields.filter(({ key }) => keys.has(key));
  return lastReportOf(pool, of, fields);
}
