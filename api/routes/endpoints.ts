// Where notices may go beside mailboxes: group robots and webhooks, kept by administrators, their secrets never shown.
import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { inTransaction, type Db } from '../../db/pool.ts';
import {
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  removeEndpoint,
  updateEndpoint,
  type EndpointRow,
} from '../../db/queries/endpoint.ts';
import { findDelivery } from '../../db/queries/delivery.ts';
import {
  endpointFaults,
  EndpointKind,
  EndpointPatch,
  maskedUrl,
  NewEndpoint,
  placeOfName,
  type Endpoint,
} from '../../domain/delivery/endpoint.ts';
import { refuseFaults, type Fault } from '../../domain/failure.ts';
import { codeOf, isTaskForce, type Directory, type Place } from '../../domain/organisation/organisation.ts';
import { actorOf } from '../access/authenticate.ts';
import { demandAdministrator } from '../access/administrator.ts';
import { json } from '../body.ts';
import { DeliveryAnswer, deliveryAnswer } from '../views/delivery-answer.ts';
import type { RouteDeps } from '../deps.ts';
import { layTest, sendTest } from '../endpoint-test.ts';
import { languageOf, refused, Refused } from '../errors.ts';
import { once } from '../once.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, PageQuery, readCursor, SeqCursor } from '../page.ts';
import { param, parseDocument, parseEnvelope, parseQuery } from '../parse.ts';

const EndpointAnswer = named(
  'Endpoint',
  z.object({
    id: z.string(),
    kind: EndpointKind,
    name: z.string(),
    place: z.union([z.object({ unit: z.string() }), z.object({ taskForce: z.string() })]).nullable(),
    /** The host and the last characters; the rest is a secret. */
    url: z.string(),
    hasSecret: z.boolean(),
    types: z.array(z.string()).nullable(),
  }),
);
const TestBody = z.strictObject({});

const placeName = (place: Place): { unit: string } | { taskForce: string } =>
  isTaskForce(place) ? { taskForce: codeOf(place) } : { unit: codeOf(place) };

const endpointAnswer = (row: EndpointRow): z.output<typeof EndpointAnswer> => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  place: row.place === null ? null : placeName(row.place),
  url: maskedUrl(row.url),
  hasSecret: row.secret !== null,
  types: row.types,
});

const tag = 'endpoints';
describe({
  method: 'get',
  path: '/endpoints',
  tag,
  summary: 'Group robots and webhooks (administrator)',
  query: PageQuery,
  answer: pageSchema(EndpointAnswer),
});
describe({ method: 'get', path: '/endpoints/{id}', tag, summary: 'One of them', answer: EndpointAnswer });
describe({
  method: 'post',
  path: '/endpoints',
  tag,
  summary: 'Adds a robot or a webhook; address and secret are never shown again',
  status: 201,
  body: NewEndpoint,
  answer: EndpointAnswer,
});
describe({
  method: 'patch',
  path: '/endpoints/{id}',
  tag,
  summary: 'Changes one',
  body: EndpointPatch,
  answer: EndpointAnswer,
});
describe({ method: 'delete', path: '/endpoints/{id}', tag, summary: 'Removes one and its secrets' });
describe({
  method: 'post',
  path: '/endpoints/{id}/test',
  tag,
  summary: 'Sends it one message now; `said` is what the other side answered',
  body: TestBody,
  answer: DeliveryAnswer,
});

/** 422 with the places: what its kind cannot do without, and a place nobody knows. */
function demandSound(endpoint: Endpoint, directory: Directory): void {
  const { place } = endpoint;
  const faults: Fault[] = endpointFaults(endpoint);
  if (place !== null) {
    const value = codeOf(place);
    if (isTaskForce(place) && !directory.taskForces.has(value))
      faults.push({ path: 'place.taskForce', code: 'UNKNOWN_TASK_FORCE', params: { value } });
    if (!isTaskForce(place) && !directory.units.has(value))
      faults.push({ path: 'place.unit', code: 'UNKNOWN_UNIT', params: { value } });
  }
  if (faults.length > 0) throw new Refused(refuseFaults(faults));
}

function changedBy(row: EndpointRow, patch: EndpointPatch): Endpoint {
  return {
    id: row.id,
    kind: row.kind,
    name: patch.name ?? row.name,
    place: patch.place === undefined ? row.place : placeOfName(patch.place),
    url: patch.url ?? row.url,
    secret: patch.secret === undefined ? row.secret : patch.secret,
    types: patch.types === undefined ? row.types : patch.types,
  };
}

async function present(db: Db, id: string): Promise<EndpointRow> {
  const row = await findEndpoint(db, id);
  if (row === null) throw refused('NOT_FOUND');
  return row;
}

export function endpointsRouter(deps: RouteDeps): Router {
  const { pool, directory } = deps;
  const router = Router();

  router.get('/endpoints', async (req, res) => {
    const { limit, cursor } = parseQuery(PageQuery, req);
    await demandAdministrator(deps, req);
    const rows = await listEndpoints(pool, readCursor(SeqCursor, cursor), limit + 1);
    res.json(pageOf(rows, limit, ({ seq }) => seq, endpointAnswer));
  });

  router.get('/endpoints/:id', async (req, res) => {
    await demandAdministrator(deps, req);
    res.json(endpointAnswer(await present(pool, param(req, 'id'))));
  });

  router.post('/endpoints', json(), async (req, res) => {
    const { id = randomUUID(), place, secret, types, ...wanted } = parseDocument(NewEndpoint, req.body);
    await demandAdministrator(deps, req);
    const known = await directory.current(pool);
    const { status, body } = await once(pool, req, {
      work: async (tx) => {
        const endpoint = {
          ...wanted,
          id,
          place: placeOfName(place),
          secret: secret ?? null,
          types: types ?? null,
        };
        demandSound(endpoint, known);
        if (!(await insertEndpoint(tx, endpoint, actorOf(req).person)))
          throw refused('DUPLICATE', { params: { value: id } });
        return { status: 201, kept: id };
      },
      present: async (db, kept) => endpointAnswer(await present(db, kept)),
    });
    res.status(status).json(body);
  });

  router.patch('/endpoints/:id', json(), async (req, res) => {
    const patch = parseDocument(EndpointPatch, req.body);
    await demandAdministrator(deps, req);
    const id = param(req, 'id');
    const known = await directory.current(pool);
    await inTransaction(pool, async (tx) => {
      const endpoint = changedBy(await present(tx, id), patch);
      demandSound(endpoint, known);
      await updateEndpoint(tx, endpoint);
    });
    res.json(endpointAnswer(await present(pool, id)));
  });

  router.delete('/endpoints/:id', async (req, res) => {
    await demandAdministrator(deps, req);
    const { id } = await present(pool, param(req, 'id'));
    await inTransaction(pool, (tx) => removeEndpoint(tx, id));
    res.status(204).end();
  });

  router.post('/endpoints/:id/test', json(), async (req, res) => {
    parseEnvelope(TestBody, req.body);
    await demandAdministrator(deps, req);
    const endpoint = await present(pool, param(req, 'id'));
    const { status, body } = await once<number>(pool, req, {
      work: async (tx) => ({ status: 200, kept: await layTest(tx, endpoint) }),
      present: async (db, kept) => {
        // After the commit, and no second time: a delivery is sent once.
        await sendTest(deps, endpoint, kept);
        const row = await findDelivery(db, kept);
        if (row === null) throw refused('NOT_FOUND');
        return deliveryAnswer(row, await directory.current(db), languageOf(req));
      },
    });
    res.status(status).json(body);
  });

  return router;
}
