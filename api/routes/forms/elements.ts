// The catalogue of data elements: one key, one meaning, one owner.
import { Router } from 'express';
import { ELEMENT_CALLS, type ElementAnswer } from '../../../contract/elements.ts';
import { keepElement } from '../../../command/form/catalogue.ts';
import { inTransaction } from '../../../db/pool.ts';
import { findElement, listElements, type ElementRow } from '../../../db/queries/element.ts';
import { isRefusal } from '../../../domain/failure.ts';
import { ElementKey } from '../../../domain/form/element.ts';
import type { RouteDeps } from '../../deps.ts';
import { Refused, refused } from '../../errors.ts';
import { demandKeeper } from '../../forms/keeper.ts';
import { ifMatchOf } from '../../posted-command.ts';
import { pageOf, readCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

const answerOf = ({ at, ...row }: ElementRow): ElementAnswer => ({
  ...row,
  at: at.toISOString(),
});

export function elementsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  serve(router, ELEMENT_CALLS.list, async ({ query: { limit, cursor, q } }) => {
    const elements = await listElements(pool, q ?? null, readCursor(ElementKey, cursor), limit + 1);
    return pageOf(elements, limit, ({ key }) => key, answerOf);
  });

  serve(router, ELEMENT_CALLS.read, async ({ params }) => {
    const element = await findElement(pool, params.key);
    if (element === null) throw refused('NOT_FOUND');
    return answerOf(element);
  });

  serve(router, ELEMENT_CALLS.keep, async ({ req, params: { key }, body }) => {
    const ifMatch = ifMatchOf(req);
    const keeper = await demandKeeper(deps, req, ELEMENT_CALLS.keep);
    const document = body();
    const directory = await deps.directory.current(pool);
    const element = { key, ...document };
    const kept = await inTransaction(pool, (tx) =>
      keepElement(tx, directory, element, keeper.person, ifMatch),
    );
    if (isRefusal(kept)) throw new Refused(kept);
    return answerOf(kept);
  });

  return router;
}
