// The merged figures of a directive's items and of any node, and the leaves they add up from (api.md §8).
import { Router, type Request } from 'express';
import { z } from 'zod';
import { SUMMARY_CALLS, type ItemSummaryAnswer, type SummaryAnswer } from '../../../contract/summaries.ts';
import { findSensitiveSight, isClearBy, seenContribution } from '../../../reading/sensitive.ts';
import { type Basis, isSettledBelow } from '../../../reading/summary.ts';
import { listLineage } from '../../../db/queries/figure.ts';
import { weightOf } from '../../../domain/form/field-kind.ts';
import { nameOfCode, type Directory } from '../../../domain/organisation/organisation.ts';
import { actorOf } from '../../access/authenticate.ts';
import { wholeOf } from '../../access/directive-access.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf, refused } from '../../errors.ts';
import { shownPlace } from '../../views/summary-places.ts';
import { itemPlaces } from '../../../reading/item-places.ts';
import { madeBytes, type PlaceAsked, namesIn } from '../../../reading/summary-work.ts';
import { pageOf, readCursor } from '../../page.ts';
import { WrittenReply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import { namedIn } from '../../views/reading.ts';
import { readSnapshot, seenRow } from '../../../reading/seen-row.ts';
import { contributionView } from '../../summaries/summary-view.ts';

export function summariesRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  const at = (): string => new Date(deps.now()).toISOString();

  serve(router, SUMMARY_CALLS.ofDirective, async ({ req, query: { basis } }) => {
    const { directory, directive, viewer } = await wholeOf(deps, req);
    const places = (await itemPlaces(deps, viewer, directive)).map(
      ({ key, title, ...place }): PlaceAsked => ({
        ...place,
        isLeaf: false,
        isWhole: true,
        of: { item: key, title },
      }),
    );
    return made<{ items: ItemSummaryAnswer[] }>(req, { directory, basis, places, isList: true });
  });

  serve(router, SUMMARY_CALLS.ofAssignment, async ({ req, query: { basis } }) => {
    const { directive, id, snapshot, row, isWhole, form, sensitive } = await shownPlace(deps, req, basis);
    const place: PlaceAsked = {
      directive,
      node: id,
      form,
      sensitive,
      isLeaf: !row.state.node,
      isWhole,
      final: isSettledBelow(row),
      of: { assignment: id },
    };
    return made<SummaryAnswer>(req, {
      directory: snapshot.directory,
      basis,
      places: [place],
      isList: false,
    });
  });

  /** JSON, written where the figures are merged. */
  async function made<B>(
    req: Request,
    { directory, ...asked }: { directory: Directory; basis: Basis; places: PlaceAsked[]; isList: boolean },
  ): Promise<WrittenReply<B>> {
    const about = { names: namesIn(directory), language: languageOf(req), at: at() };
    const done = await deps.summaries.make({ make: 'json', ...asked, ...about });
    return new WrittenReply(madeBytes(done));
  }

  serve(router, SUMMARY_CALLS.lineage, async ({ req, query }) => {
    const { field, limit, cursor, basis } = query;
    const { directive, id } = namedIn(req);
    const snapshot = await readSnapshot(deps, pool, [{ directive, id }]);
    const { person } = actorOf(req);
    const row = seenRow(snapshot, id, actorOf(req), deps.now());
    const form = snapshot.directiveOf(row).items.get(row.state.item)?.form;
    const asked = form?.fields.find(({ key }) => key === field);
    if (!asked) throw refused('MALFORMED', { errors: [{ path: 'field', code: 'UNKNOWN_FIELD' }] });
    const viewer = { directory: snapshot.directory, person, now: deps.now() };
    const { office } = snapshot.directiveOf(row).terms;
    const isClear = isClearBy(await findSensitiveSight(pool, viewer, { directive, office }, [form]));
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
    return pageOf(
      rows,
      limit,
      (leaf) => leaf.rank,
      (each) => {
        const seen = isClear === null ? each : seenContribution(form, asked, each, isClear(each.assignment));
        return contributionView(seen, asked, (code) => nameOfCode(snapshot.directory, code));
      },
    );
  });

  return router;
}
