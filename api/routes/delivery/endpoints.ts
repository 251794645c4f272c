// Where notices may go beside mailboxes: group robots and webhooks, kept by administrators, their secrets never shown.
import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { ENDPOINT_CALLS, type EndpointAnswer } from '../../../contract/endpoints.ts';
import { recordSecurity } from '../../../command/security/record-security.ts';
import { inTransaction, type Db } from '../../../db/pool.ts';
import {
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  removeEndpoint,
  updateEndpoint,
  type EndpointRow,
} from '../../../db/queries/endpoint.ts';
import { findDelivery } from '../../../db/queries/delivery.ts';
import {
  endpointFaults,
  maskedUrl,
  placeOfName,
  type Endpoint,
  type EndpointPatch,
} from '../../../domain/delivery/endpoint.ts';
import { refuseFaults, type Fault } from '../../../domain/failure.ts';
import {
  codeOf,
  isTaskForce,
  type Directory,
  type Place,
} from '../../../domain/organisation/organisation.ts';
import { actorOf } from '../../access/authenticate.ts';
import { originOf } from '../../access/origin.ts';
import { deliveryAnswer } from '../../views/delivery-answer.ts';
import type { RouteDeps } from '../../deps.ts';
import { layTest, sendTest } from '../../../command/endpoint-test.ts';
import { languageOf, refused, Refused } from '../../errors.ts';
import { once } from '../../once.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

const placeName = (place: Place): { unit: string } | { taskForce: string } =>
  isTaskForce(place) ? { taskForce: codeOf(place) } : { unit: codeOf(place) };

/** Shown of an address whose key is not here. */
const LOCKED_URL = '…';

const endpointAnswer = (row: EndpointRow): EndpointAnswer => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  place: row.place === null ? null : placeName(row.place),
  url: row.locked ? LOCKED_URL : maskedUrl(row.url),
  hasSecret: row.locked ? row.hasSecret : row.secret !== null,
  types: row.types,
});

/** 422 with the places: a missing field its kind cannot do without, and an unknown unit or task force. */
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

/** 409 for one that is locked, unless its address, and its secret if it has one, are given anew. */
function changedBy(row: EndpointRow, patch: EndpointPatch): Endpoint {
  const { url, secret } = row.locked ? secretsAnew(row, patch) : row;
  return {
    id: row.id,
    kind: row.kind,
    name: patch.name ?? row.name,
    place: patch.place === undefined ? row.place : placeOfName(patch.place),
    url: patch.url ?? url,
    secret: patch.secret === undefined ? secret : patch.secret,
    types: patch.types === undefined ? row.types : patch.types,
  };
}

function secretsAnew(
  { hasSecret }: { hasSecret: boolean },
  { url, secret }: EndpointPatch,
): Pick<Endpoint, 'url' | 'secret'> {
  if (url === undefined || (hasSecret && secret === undefined)) throw refused('SECRET_LOCKED');
  return { url, secret: secret ?? null };
}

async function present({ secrets }: Pick<RouteDeps, 'secrets'>, db: Db, id: string): Promise<EndpointRow> {
  const row = await findEndpoint(db, secrets, id);
  if (row === null) throw refused('NOT_FOUND');
  return row;
}

export function endpointsRouter(deps: RouteDeps): Router {
  const { pool, directory, secrets } = deps;
  const router = Router();

  serve(router, ENDPOINT_CALLS.list, async ({ query: { limit, cursor } }) => {
    const rows = await listEndpoints(pool, secrets, readCursor(SeqCursor, cursor), limit + 1);
    return pageOf(rows, limit, ({ seq }) => seq, endpointAnswer);
  });

  serve(router, ENDPOINT_CALLS.read, async ({ params: { id } }) => {
    return endpointAnswer(await present(deps, pool, id));
  });

  serve(router, ENDPOINT_CALLS.add, async ({ req, body }) => {
    const { id = randomUUID(), place, secret, types, ...wanted } = body();
    const known = await directory.current(pool);
    return once(pool, req, {
      work: async (tx) => {
        const endpoint = {
          ...wanted,
          id,
          place: placeOfName(place),
          secret: secret ?? null,
          types: types ?? null,
        };
        demandSound(endpoint, known);
        if (!(await insertEndpoint(tx, secrets, endpoint, actorOf(req).person)))
          throw refused('DUPLICATE', { params: { value: id } });
        const data = { endpoint: id, kind: endpoint.kind };
        await recordSecurity(tx, { ...originOf(req), type: 'endpointAdded', data });
        return { status: 201, kept: id };
      },
      present: async (db, kept) => endpointAnswer(await present(deps, db, kept)),
    });
  });

  serve(router, ENDPOINT_CALLS.change, async ({ req, params: { id }, body }) => {
    const patch = body();
    const known = await directory.current(pool);
    await inTransaction(pool, async (tx) => {
      const endpoint = changedBy(await present(deps, tx, id), patch);
      demandSound(endpoint, known);
      await updateEndpoint(tx, secrets, endpoint);
      const data = { endpoint: id, fields: Object.keys(patch) };
      await recordSecurity(tx, { ...originOf(req), type: 'endpointChanged', data });
    });
    return endpointAnswer(await present(deps, pool, id));
  });

  serve(router, ENDPOINT_CALLS.remove, async ({ req, params }) => {
    const { id } = await present(deps, pool, params.id);
    await inTransaction(pool, async (tx) => {
      await removeEndpoint(tx, id);
      await recordSecurity(tx, { ...originOf(req), type: 'endpointRemoved', data: { endpoint: id } });
    });
  });

  serve(router, ENDPOINT_CALLS.test, async ({ req, params }) => {
    const endpoint = await present(deps, pool, params.id);
    if (endpoint.locked) throw refused('SECRET_LOCKED');
    return once(pool, req, {
      work: async (tx) => ({ status: 200, kept: await layTest(tx, endpoint) }),
      present: async (db, kept) => {
        // After the commit, and no second time: a delivery is sent once.
        await sendTest(deps, endpoint, kept);
        const row = await findDelivery(db, kept);
        if (row === null) throw refused('NOT_FOUND');
        return deliveryAnswer(row, await directory.current(db), languageOf(req));
      },
    });
  });

  return router;
}
