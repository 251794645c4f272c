// The form of an assignment as whoever fills it in gets it: fields, rules, and what may be taken over from before.
import { Router } from 'express';
import { z } from 'zod';
import { Form } from '../../domain/form/field.ts';
import { compiledOf, needsLast, type CompiledForm } from '../../domain/form/form.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { describe, named } from '../openapi.ts';
import { lastSeen, prefillFor } from '../reporting/prefill.ts';
import { namedIn, readLedger, seenRow } from '../views/reading.ts';

/**
 * `prefill`: last approved values still fresh; `last`: those the rules read. `version` is the assignment's, for
 * `If-Match`; `submission` the number of the report that is in, 0 for none.
 */
const FormToFill = named(
  'FormToFill',
  z.object({
    ...Form.shape,
    assignment: z.string(),
    item: z.string(),
    version: z.int(),
    submission: z.int(),
    zeroReport: z.boolean(),
    prefill: z.record(z.string(), z.object({ value: z.unknown(), at: z.string(), assignment: z.string() })),
    last: z.record(z.string(), z.unknown()),
  }),
);

describe({
  method: 'get',
  path: '/assignments/{id}/form',
  tag: 'assignments',
  summary: 'What is asked, and the last approved values that may be taken over',
  answer: FormToFill,
});

/** Without a form the report is a note and files. */
const NO_FORM: Form = { fields: [], rules: [] };

export function formsToFillRouter(deps: RouteDeps): Router {
  const router = Router();

  router.get('/assignments/:id/form', async (req, res) => {
    const { directive, id } = namedIn(req);
    const actor = actorOf(req);
    const ledger = await readLedger(deps, deps.pool, [{ directive, id }]);
    const { state } = seenRow(ledger, id, actor, deps.now());
    const item = ledger.directiveOf({ directive }).items.get(state.item);
    const compiled = compiledOf(item?.form ?? NO_FORM);
    const [prefill, last] = await Promise.all([
      prefillFor(deps, state, actor, compiled),
      readByRules(compiled),
    ]);
    res.json({
      assignment: id,
      item: state.item,
      ...compiled.form,
      version: state.version,
      submission: state.current,
      zeroReport: item?.zeroReport === true,
      prefill,
      last,
    });

    async function readByRules(of: CompiledForm): Promise<Record<string, unknown>> {
      const keys = new Set(needsLast(of, item?.zeroReport === true));
      const fields = of.form.fields.filter(({ key }) => keys.has(key));
      const seen = await lastSeen(deps, state, actor, fields);
      return Object.fromEntries(seen.map(({ key, value }) => [key, value]));
    }
  });

  return router;
}
