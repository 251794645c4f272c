// What stands out among the reports at a place of the tree, for whoever reviews them (docs/forms/review.md).
import { Router } from 'express';
import { z } from 'zod';
import { taskForceOf } from '../../domain/code.ts';
import { compareStandings, USUAL, type Standing } from '../../domain/merge/outlier.ts';
import { nameOfCode } from '../../domain/organisation/organisation.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { findOutliers } from '../outliers.ts';
import { pageOf, pageQuery, readCursor } from '../page.ts';
import { parseQuery } from '../parse.ts';
import { namedIn, readLedger, seenRow } from '../views/reading.ts';

/** A threshold in a query: digits, at most six decimals. */
const threshold = (usual: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,13}(\.\d{1,6})?$/)
    .transform(Number)
    .refine((value) => value > 0 && value <= most)
    .default(usual);

const OutliersQuery = z.strictObject({
  ...pageQuery,
  basis: z.enum(['approved', 'reported']).default('reported'),
  jump: threshold(USUAL.jump, 1e6).meta({
    type: 'number',
    description: 'relative change against the last value',
  }),
  z: threshold(USUAL.z, 1e6).meta({
    type: 'number',
    description: 'standard deviations from the siblings’ mean',
  }),
  least: z
    .string()
    .regex(/^\d{1,13}(\.\d{1,6})?$/)
    .transform(Number)
    .optional()
    .meta({
      type: 'number',
      description:
        'smallest difference that counts, in the field’s own unit; else 5 for an integer, 1 for a number',
    }),
});

const OutlierAnswer = named(
  'Outlier',
  z.object({
    assignment: z.string(),
    unit: z.string().nullable(),
    unitName: z.string(),
    field: z.string(),
    label: z.string(),
    kind: z.enum(['alert', 'jump', 'zScore']),
    value: z.unknown(),
    last: z.object({ value: z.number(), at: z.string(), assignment: z.string() }).optional(),
    change: z.number().nullable().optional(),
    mean: z.number().optional(),
    deviation: z.number().optional(),
    z: z.number().nullable().optional(),
    siblings: z.int().optional(),
    version: z.int(),
  }),
);

describe({
  method: 'get',
  path: '/assignments/{id}/outliers',
  tag: 'summaries',
  summary: 'Values that jump, stand apart from their siblings or are alarming by the form, worst first',
  query: OutliersQuery,
  answer: pageSchema(OutlierAnswer),
});

const Position = z.tuple([z.number(), z.number(), z.string(), z.string(), z.string()]);

export function outliersRouter(deps: RouteDeps): Router {
  const router = Router();

  router.get('/assignments/:id/outliers', async (req, res) => {
    const { limit, cursor, basis, jump, z: deviations, least } = parseQuery(OutliersQuery, req);
    const { directive, id } = namedIn(req);
    const after: Standing | null = readCursor(Position, cursor);
    const actor = actorOf(req);
    const ledger = await readLedger(deps, deps.pool, [{ directive, id }]);
    const row = seenRow(ledger, id, actor, deps.now());
    const form = ledger.directiveOf(row).items.get(row.state.item)?.form;
    if (!form) {
      res.json({ items: [], nextCursor: null });
      return;
    }
    const { directory } = ledger;
    const { found, reports } = await findOutliers(
      deps.pool,
      { directive, node: id, form, reported: basis === 'reported' },
      { directory, person: actor.person, now: deps.now() },
      { jump, z: deviations, least: least ?? null },
    );
    const from =
      after === null ? 0 : found.findIndex(({ standing }) => compareStandings(standing, after) > 0);
    const rest = from === -1 ? [] : found.slice(from, from + limit + 1);
    res.json(
      pageOf(
        rest,
        limit,
        ({ standing }) => standing,
        ({ outlier }) => {
          const { unit, version } = reports.get(outlier.assignment) ?? { unit: null, version: 0 };
          const { assignment, ...said } = outlier;
          const unitName = nameOfCode(directory, unit ?? taskForceOf(assignment));
          return { assignment, unit, unitName, ...said, version };
        },
      ),
    );
  });

  return router;
}
