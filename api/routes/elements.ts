// The catalogue of data elements: one key, one meaning, one owner.
import { Router } from 'express';
import { z } from 'zod';
import { keepElement } from '../../command/form/catalogue.ts';
import { inTransaction } from '../../db/pool.ts';
import { findElement, listElements, type ElementRow } from '../../db/queries/element.ts';
import { isRefusal } from '../../domain/failure.ts';
import { ElementKey, KeepElement } from '../../domain/form/element.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { Refused, refused } from '../errors.ts';
import { demandKeeper } from '../forms/keeper.ts';
import { ifMatchOf } from '../reporting/intake.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, readCursor } from '../page.ts';
import { param, parseEnvelope, parseFrom, parseQuery } from '../parse.ts';

const ListQuery = z.strictObject({ ...pageQuery, q: z.string().max(200).optional() });
const ElementAnswer = named(
  'Element',
  z.object({ key: ElementKey, ...KeepElement.shape, version: z.int(), by: z.string(), at: z.string() }),
);

const answerOf = ({ at, ...row }: ElementRow): z.output<typeof ElementAnswer> => ({
  ...row,
  at: at.toISOString(),
});

describe({
  method: 'get',
  path: '/elements',
  tag: 'forms',
  summary: 'The catalogue of data elements, by key',
  query: ListQuery,
  answer: pageSchema(ElementAnswer),
});
describe({
  method: 'get',
  path: '/elements/{key}',
  tag: 'forms',
  summary: 'One data element',
  answer: ElementAnswer,
});
describe({
  method: 'put',
  path: '/elements/{key}',
  tag: 'forms',
  summary: 'Says what a data element means and who owns it (offices, administrators)',
  body: KeepElement,
  answer: ElementAnswer,
});

export function elementsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  router.get('/elements', async (req, res) => {
    const { limit, cursor, q } = parseQuery(ListQuery, req);
    const elements = await listElements(pool, q ?? null, readCursor(ElementKey, cursor), limit + 1);
    res.json(pageOf(elements, limit, ({ key }) => key, answerOf));
  });

  router.get('/elements/:key', async (req, res) => {
    const element = await findElement(pool, param(req, 'key'));
    if (element === null) throw refused('NOT_FOUND');
    res.json(answerOf(element));
  });

  router.put('/elements/:key', json(), async (req, res) => {
    const { key } = parseEnvelope(z.strictObject({ key: ElementKey }), { key: param(req, 'key') });
    const ifMatch = ifMatchOf(req);
    const { document, granted } = await parseFrom(KeepElement, req.body, () => demandKeeper(deps, req));
    const directory = await deps.directory.current(pool);
    const element = { key, ...document };
    const kept = await inTransaction(pool, (tx) =>
      keepElement(tx, directory, element, granted.person, ifMatch),
    );
    if (isRefusal(kept)) throw new Refused(kept);
    res.json(answerOf(kept));
  });

  return router;
}
