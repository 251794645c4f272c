// The form of an assignment for the person who fills it in: fields, rules, and earlier values that may be taken over.
import { Router } from 'express';
import { FORM_TO_FILL_CALLS, type FormToFill } from '../../../contract/forms-to-fill.ts';
import type { Form } from '../../../domain/form/field.ts';
import { compiledOf, needsLast, type CompiledForm } from '../../../domain/form/form.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { lastSeen, prefillFor } from '../../../reading/prefill.ts';
import { serve } from '../../serve.ts';
import { namedIn } from '../../views/reading.ts';
import { readSnapshot, seenRow } from '../../../reading/seen-row.ts';

/** Without a form the report is a note and files. */
const NO_FORM: Form = { fields: [], rules: [] };

export function formsToFillRouter(deps: RouteDeps): Router {
  const router = Router();

  serve(router, FORM_TO_FILL_CALLS.read, async ({ req }) => {
    const { directive, id } = namedIn(req);
    const actor = actorOf(req);
    const snapshot = await readSnapshot(deps, deps.pool, [{ directive, id }]);
    const { state } = seenRow(snapshot, id, actor, deps.now());
    const item = snapshot.directiveOf({ directive }).items.get(state.item);
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
      assignment: id,
      item: state.item,
      ...compiled.form,
      version: state.version,
      submission: state.current,
      zeroReport: item?.zeroReport === true,
      // Values of the record, in the types its form gives them.
      prefill: prefill as FormToFill['prefill'],
      last: last as FormToFill['last'],
    };
  });

  return router;
}
