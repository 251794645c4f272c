// The merged figures of a directive's items and of any node, and the leaves they add up from (api.md §8).
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { isFinal, type Basis } from '../../command/summary.ts';
import { findDirective } from '../../db/queries/directive.ts';
import { listLineage } from '../../db/queries/figure.ts';
import { tallyBelow } from '../../db/queries/tally.ts';
import { readsAll } from '../../domain/assignment/access.ts';
import { weightOf } from '../../domain/form/field-kind.ts';
import { actsFor, nameOfCode, unitPlace, type Directory } from '../../domain/organisation/organisation.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { languageOf, refused } from '../errors.ts';
import { namesIn } from '../summaries/summary-maker.ts';
import { madeBytes, type PlaceAsked } from '../summaries/summary-work.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, readCursor } from '../page.ts';
import { param, parseQuery } from '../parse.ts';
import { namedIn, readLedger, seenRow, shownRow } from '../views/reading.ts';
import { seesDirective } from '../../db/queries/access.ts';
import { contributionView, isSettledBelow } from '../views/summary-view.ts';

const SummaryQuery = z.strictObject({ basis: z.enum(['approved', 'reported']).default('approved') });
const LineageQuery = z.strictObject({
  ...pageQuery,
  field: z.string().max(100),
  basis: z.enum(['approved', 'reported']).default('approved'),
});
const SummaryAnswer = named(
  'Summary',
  z.looseObject({ final: z.boolean(), version: z.int(), values: z.unknown() }),
);

describe({
  method: 'get',
  path: '/directives/{id}/summary',
  tag: 'summaries',
  summary: 'The merged figures of each item',
  query: SummaryQuery,
  answer: z.object({ items: z.array(SummaryAnswer) }),
});
describe({
  method: 'get',
  path: '/assignments/{id}/summary',
  tag: 'summaries',
  summary: 'The merged figures at this node; where they are shared with you, values, rows and coverage alone',
  query: SummaryQuery,
  answer: SummaryAnswer,
});
describe({
  method: 'get',
  path: '/assignments/{id}/summary/lineage',
  tag: 'summaries',
  summary:
    'What a figure adds up from: the reports of leaves and the parts of nodes, each with its submission',
  query: LineageQuery,
  answer: pageSchema(
    z.looseObject({ assignment: z.string(), value: z.unknown(), version: z.int(), submission: z.string() }),
  ),
});

export function summariesRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  const at = (): string => new Date(deps.now()).toISOString();

  router.get('/directives/:id/summary', async (req, res) => {
    const { basis } = parseQuery(SummaryQuery, req);
    const { directory, directive } = await ofOffice(deps, req);
    const tallies = await tallyBelow(
      pool,
      directive.items.map(({ key }) => ({ directive: directive.id, id: `${directive.id}.${key}` })),
      deps.now(),
    );
    const places = directive.items.map((item): PlaceAsked => {
      const node = `${directive.id}.${item.key}`;
      return {
        directive: directive.id,
        node,
        form: item.form,
        isLeaf: false,
        isWhole: true,
        assignment: null,
        final: isFinal(directive.phase, tallies.get(node)?.counts),
        lead: { item: item.key, title: item.title },
      };
    });
    await answer(req, res, { directory, basis, places, isList: true });
  });

  router.get('/assignments/:id/summary', async (req, res) => {
    const { basis } = parseQuery(SummaryQuery, req);
    const { directive, id } = namedIn(req);
    const ledger = await readLedger(deps, pool, [{ directive, id }]);
    const { row, isWhole } = shownRow(ledger, id, actorOf(req), deps.now());
    // What has not been approved is not the node's word yet: it is not what was shared.
    if (!isWhole && basis !== 'approved') throw refused('FORBIDDEN');
    const place: PlaceAsked = {
      directive,
      node: id,
      form: ledger.directiveOf(row).items.get(row.state.item)?.form,
      isLeaf: !row.state.node,
      isWhole,
      assignment: id,
      final: isSettledBelow(row),
      lead: {},
    };
    await answer(req, res, { directory: ledger.directory, basis, places: [place], isList: false });
  });

  async function answer(
    req: Request,
    res: Response,
    { directory, ...asked }: { directory: Directory; basis: Basis; places: PlaceAsked[]; isList: boolean },
  ): Promise<void> {
    const about = { names: namesIn(directory), language: languageOf(req), at: at() };
    const done = await deps.summaries.make({ make: 'json', ...asked, ...about });
    res.type('json').send(madeBytes(done));
  }

  router.get('/assignments/:id/summary/lineage', async (req, res) => {
    const { field, limit, cursor, basis } = parseQuery(LineageQuery, req);
    const { directive, id } = namedIn(req);
    const ledger = await readLedger(deps, pool, [{ directive, id }]);
    const row = seenRow(ledger, id, actorOf(req), deps.now());
    const form = ledger.directiveOf(row).items.get(row.state.item)?.form;
    const asked = form?.fields.find(({ key }) => key === field);
    if (!asked) throw refused('MALFORMED', { errors: [{ path: 'field', code: 'UNKNOWN_FIELD' }] });
    const after = readCursor(z.string().max(300), cursor);
    const rows = await listLineage(pool, {
      directive,
      node: id,
      field,
      weight: weightOf(asked),
      reported: basis === 'reported',
      after,
      limit: limit + 1,
    });
    res.json(
      pageOf(
        rows,
        limit,
        (leaf) => leaf.rank,
        (each) => contributionView(each, asked, (code) => nameOfCode(ledger.directory, code)),
      ),
    );
  });

  return router;
}

/** The whole of a directive is its office's, auditors' and administrators' to read; 404 for who sees nothing of it. */
export const ofOffice = (deps: RouteDeps, req: Request): Promise<OfOffice> =>
  wholeOf(deps, actorOf(req).person, param(req, 'id'));

type OfOffice = { directory: Directory; directive: NonNullable<Awaited<ReturnType<typeof findDirective>>> };

/** The same, of a directive by its id. */
export async function wholeOf(deps: RouteDeps, person: string, id: string): Promise<OfOffice> {
  const now = deps.now();
  const directory = await deps.directory.current(deps.pool);
  const directive = await findDirective(deps.pool, id);
  if (!directive) throw refused('NOT_FOUND');
  const isOffice = actsFor(directory, person, unitPlace(directive.office), null, now);
  if (isOffice || readsAll(directory, person, now)) return { directory, directive };
  const sees = await seesDirective(deps.pool, directory, person, directive.id, now);
  throw refused(sees ? 'FORBIDDEN' : 'NOT_FOUND');
}
