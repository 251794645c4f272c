// Units: the tree of offices, departments, streets, towns, communities.
import { Router } from 'express';
import { z } from 'zod';
import { findUnit, listUnits, unitPosition, type UnitRow } from '../../db/queries/organisation-list.ts';
import { saveUnits } from '../../db/queries/organisation.ts';
import { Unit } from '../../domain/organisation/organisation.ts';
import type { RouteDeps } from '../deps.ts';
import { keep } from '../keep.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, readCursor } from '../page.ts';
import { parseQuery } from '../parse.ts';

const UnitItem = named(
  'UnitItem',
  z.object({
    code: z.string(),
    name: z.string(),
    kind: z.string(),
    parent: z.string().nullable(),
    /** Where it stands among its like; left out, as in the export, where it has none of its own. */
    order: z.int().optional(),
  }),
);
const unitItem = ({ code, name, kind, parent, order }: UnitRow): z.infer<typeof UnitItem> => ({
  code,
  name,
  kind,
  parent,
  ...(order === null ? {} : { order }),
});
/** `order` and what keeps those apart that have the same one, or none. */
const UnitCursor = z.tuple([z.int(), z.int()]);

const Query = z.strictObject({
  ...pageQuery,
  q: z.string().min(1).max(100).optional(),
  kind: z.string().max(40).optional(),
  parent: z.string().max(40).optional(),
});
const Patch = Unit.omit({ code: true }).partial();

named('Unit', Unit);
const tag = 'organisation';
describe({
  method: 'get',
  path: '/units',
  tag,
  summary: 'Units',
  query: Query,
  answer: pageSchema(UnitItem),
});
describe({ method: 'get', path: '/units/{code}', tag, summary: 'A unit', answer: UnitItem });
describe({
  method: 'post',
  path: '/units',
  tag,
  summary: 'Add a unit',
  status: 201,
  body: Unit,
  answer: UnitItem,
});
describe({
  method: 'patch',
  path: '/units/{code}',
  tag,
  summary: 'Change a unit',
  body: Patch,
  answer: UnitItem,
});

export function unitsRouter(deps: RouteDeps): Router {
  const router = Router();
  router.get('/units', async (req, res) => {
    const { limit, cursor, q, kind, parent } = parseQuery(Query, req);
    const span = { after: readCursor(UnitCursor, cursor), limit: limit + 1 };
    const rows = await listUnits(
      deps.pool,
      { q: q ?? null, kind: kind ?? null, parent: parent ?? null },
      span,
    );
    res.json(pageOf(rows, limit, unitPosition, unitItem));
  });
  keep(router, deps, {
    path: '/units',
    Schema: Unit,
    Patch,
    keyOf: (unit) => unit.code,
    find: findUnit,
    keptOf: unitItem,
    itemOf: unitItem,
    fileOf: (unit) => ({ units: [unit] }),
    prefix: 'units[0]',
    save: (tx, unit) => saveUnits(tx, [unit]),
  });
  return router;
}
