// Every notice on its way out of the house, and what became of it: one's own, or all for who reads all.
import { Router } from 'express';
import { z } from 'zod';
import { listDeliveries } from '../../db/queries/delivery.ts';
import { readsAll } from '../../domain/assignment/access.ts';
import { Channel } from '../../domain/delivery/channel.ts';
import { actorOf } from '../access/authenticate.ts';
import { DeliveryAnswer, deliveryAnswer, DeliveryState } from '../views/delivery-answer.ts';
import type { RouteDeps } from '../deps.ts';
import { forbidden, languageOf } from '../errors.ts';
import { describe, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, readCursor, SeqCursor } from '../page.ts';
import { parseQuery } from '../parse.ts';

const Query = z.strictObject({
  ...pageQuery,
  state: DeliveryState.optional(),
  channel: Channel.optional(),
  person: z.string().min(1).max(40).optional(),
});

describe({
  method: 'get',
  path: '/notifications/deliveries',
  tag: 'notifications',
  summary: 'What went to you by mail and robots, newest first; an administrator or auditor sees all',
  query: Query,
  answer: pageSchema(DeliveryAnswer),
});

export function deliveriesRouter(deps: RouteDeps): Router {
  const { pool, directory } = deps;
  const router = Router();

  router.get('/notifications/deliveries', async (req, res) => {
    const { limit, cursor, state, channel, person } = parseQuery(Query, req);
    const reader = actorOf(req).person;
    const people = await directory.current(pool);
    const mayReadAll = readsAll(people, reader, deps.now());
    if (person !== undefined && person !== reader && !mayReadAll) throw forbidden();
    const rows = await listDeliveries(pool, {
      person: person ?? (mayReadAll ? null : reader),
      state: state ?? null,
      channel: channel ?? null,
      before: readCursor(SeqCursor, cursor),
      limit: limit + 1,
    });
    const language = languageOf(req);
    res.json(
      pageOf(
        rows,
        limit,
        ({ id }) => id,
        (row) => deliveryAnswer(row, people, language),
      ),
    );
  });

  return router;
}
