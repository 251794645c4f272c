// The form of an assignment for the person who fills it in: fields, rules, and earlier values that may be taken over.
import type { FormToFill } from '../../contract/forms-to-fill.ts';
import type { Actor } from '../../domain/access/relation.ts';
import type { Form } from '../../domain/form/field.ts';
import { compiledOf, needsLast, type CompiledForm } from '../../domain/form/form.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { lastSeen, prefillFor } from '../../reading/prefill.ts';
import type { Snapshot } from '../../reading/snapshot.ts';
import type { RouteDeps } from '../deps.ts';

/** Without a form the report is a note and files. */
const NO_FORM: Form = { fields: [], rules: [] };

export async function formToFill(
  deps: RouteDeps,
  actor: Actor,
  snapshot: Snapshot,
  row: AssignmentRow,
): Promise<FormToFill> {
  const { state } = row;
  const item = snapshot.directiveOf(row).items.get(state.item);
  const compiled = compiledOf(item?.form ?? NO_FORM);
  const readByRules = async (of: CompiledForm): Promise<Record<string, unknown>> => {
    const keys = new Set(needsLast(of, item?.zeroReport === true));
    const fields = of.form.fields.filter(({ key }) => keys.has(key));
    const seen = await lastSeen(deps, state, actor, fields);
    return Object.fromEntries(seen.map(({ key, value }) => [key, value]));
  };
  const [prefill, last] = await Promise.all([
    prefillFor(deps, state, actor, compiled),
    readByRules(compiled),
  ]);
  return {
    assignment: row.id,
    item: state.item,
    ...compiled.form,
    version: state.version,
    submission: state.current,
    zeroReport: item?.zeroReport === true,
    // Values of the record, in the types its form gives them.
    prefill: prefill as FormToFill['prefill'],
    last: last as FormToFill['last'],
  };
}
