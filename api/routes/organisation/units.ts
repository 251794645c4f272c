// Units: the tree of offices, departments, streets, towns, communities.
import { Router } from 'express';
import { z } from 'zod';
import { UNIT_CALLS, type UnitAnswer } from '../../../contract/units.ts';
import { findUnit, listUnits, unitPosition, type UnitRow } from '../../../db/queries/organisation-list.ts';
import { saveUnits } from '../../../db/queries/organisation.ts';
import type { Unit } from '../../../domain/organisation/organisation.ts';
import type { RouteDeps } from '../../deps.ts';
import { keeperOf } from '../../keep.ts';
import { pageOf, readCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

const unitItem = ({ code, name, kind, parent, order }: UnitRow): UnitAnswer => ({
  code,
  name,
  kind,
  parent,
  ...(order === null ? {} : { order }),
});
/** `order` and a second number, which keeps units apart that have the same `order`, or none. */
const UnitCursor = z.tuple([z.int(), z.int()]);

export function unitsRouter(deps: RouteDeps): Router {
  const router = Router();
  const units = keeperOf<Unit, UnitRow, UnitAnswer>(deps, {
    keyOf: (unit) => unit.code,
    find: findUnit,
    keptOf: unitItem,
    itemOf: unitItem,
    fileOf: (unit) => ({ units: [unit] }),
    prefix: 'units[0]',
    toldOf: (unit, fields, isNew) => ({
      type: isNew ? 'unitAdded' : 'unitChanged',
      data: { unit, fields },
    }),
    change: UNIT_CALLS.change,
    save: (tx, unit) => saveUnits(tx, [unit]),
  });

  serve(router, UNIT_CALLS.list, async ({ query: { limit, cursor, q, kind, parent } }) => {
    const span = { after: readCursor(UnitCursor, cursor), limit: limit + 1 };
    const filter = { q: q ?? null, kind: kind ?? null, parent: parent ?? null };
    return pageOf(await listUnits(deps.pool, filter, span), limit, unitPosition, unitItem);
  });
  serve(router, UNIT_CALLS.read, ({ params }) => units.read(params.code));
  serve(router, UNIT_CALLS.add, ({ req, body }) => units.add(req, body));
  serve(router, UNIT_CALLS.change, ({ req, params, body }) => units.change(req, params.code, body));
  return router;
}
