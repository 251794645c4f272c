// One figure over several directives: flow values are added up, of snapshot values the last one counts.
import { Router } from 'express';
import { FIGURE_CALLS, type OverTimeQuery } from '../../../contract/figures.ts';
import { figureOfField, placesOverTime } from '../../../reading/figure-of-field.ts';
import type { DirectiveRow } from '../../../db/queries/directive.ts';
import { refuseFaults, type Fault } from '../../../domain/failure.ts';
import type { Field, Form } from '../../../domain/form/field.ts';
import { toIso } from '../../../domain/instant.ts';
import {
  differsIn,
  isLater,
  overTime,
  refusalOverTime,
  usualWay,
  type Period,
} from '../../../domain/merge/over-time.ts';
import type { RouteDeps } from '../../deps.ts';
import { Refused, refused } from '../../errors.ts';
import { serve } from '../../serve.ts';
import { wholeById } from '../../access/directive-access.ts';
import { viewerOf } from '../../access/viewer.ts';
import type { Viewer } from '../../../reading/gate.ts';

type Asked = { directive: DirectiveRow; issuedAt: Date; form: Form; field: Field };

export function figuresRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  /** Every directive named, whole to this reader; and the field in it. */
  async function asked(
    viewer: Viewer,
    { directives, item, field: key }: OverTimeQuery,
  ): Promise<[Asked, ...Asked[]]> {
    const faults: Fault[] = [];
    const found: Asked[] = [];
    for (const [at, id] of directives.entries()) {
      const path = `directives[${at}]`;
      if (directives.indexOf(id) < at) {
        faults.push({ path, code: 'REPEATED', params: { value: id } });
        continue;
      }
      const { directive } = await wholeById(deps, viewer, id);
      const form = directive.items.find((each) => each.key === item)?.form;
      const field = form?.fields.find((each) => each.key === key);
      if (directive.issuedAt === null) faults.push({ path, code: 'NOT_ISSUED' });
      else if (!form || !field) faults.push({ path, code: 'UNKNOWN_FIELD' });
      else {
        const differs = found[0] ? differsIn(found[0].field, field) : null;
        if (differs !== null) faults.push({ path, code: 'FIELD_DIFFERS', params: { value: differs } });
        found.push({ directive, issuedAt: directive.issuedAt, form, field });
      }
    }
    const [first, ...more] = found;
    if (!first || faults.length > 0) throw new Refused(refuseFaults(faults));
    return [first, ...more];
  }

  serve(router, FIGURE_CALLS.overTime, async ({ req, query }) => {
    const { item, basis, unit } = query;
    const all = await asked(await viewerOf(deps, req), query);
    const { field } = all[0];
    const as = query.as ?? usualWay(field);
    const refusal = refusalOverTime(field, as);
    if (refusal !== null) throw refused(refusal, { params: { label: field.label } });
    const ids = all.map(({ directive }) => directive.id);
    const placesOf = await placesOverTime(deps, ids, item, unit);
    const periods = [];
    for (const { directive, issuedAt, form, field: here } of all) {
      const at = { directive: directive.id, places: placesOf(directive.id), form, field: here };
      const { value, coverage } = await figureOfField(pool, at, basis);
      const figure = typeof value === 'number' ? value : null;
      periods.push({ directive: directive.id, at: issuedAt.getTime(), value: figure, coverage });
    }
    periods.sort((a, b) => (isLater(a, b) ? 1 : -1));
    return {
      field: field.key,
      label: field.label,
      timeAxis: field.timeAxis ?? null,
      as,
      basis,
      unit: unit ?? null,
      value: overTime(periods satisfies Period[], as),
      periods: periods.map(({ at, ...period }) => ({ ...period, at: toIso(at) })),
    };
  });

  return router;
}
