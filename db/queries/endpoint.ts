// Rows of `endpoint`: group robots and webhooks; each write raises the routing's version.
import type { Endpoint } from '../../domain/delivery/endpoint.ts';
import type { RoutedEndpoint } from '../../domain/delivery/routing.ts';
import type { Db, Transaction } from '../pool.ts';
import type { SecretBox } from '../secret-box.ts';
import { secretPlace } from './endpoint-secret.ts';
import { raiseRoutingVersion } from './installation.ts';

/** `seq` is the place in the list; it is not shown. `locked`: its address and secret wait for their key. */
export type EndpointRow = { seq: number } & (
  (Endpoint & { locked: false }) | (Omit<Endpoint, 'url' | 'secret'> & { locked: true; hasSecret: boolean })
);

const COLUMNS = 'seq, id, kind, name, place, url, secret, types';

type StoredRow = Endpoint & { seq: number };

function opened(box: SecretBox, { url: storedUrl, secret: storedSecret, ...row }: StoredRow): EndpointRow {
  const url = box.open(storedUrl, secretPlace(row.id, 'url'));
  const secret = storedSecret === null ? null : box.open(storedSecret, secretPlace(row.id, 'secret'));
  return url === null || (storedSecret !== null && secret === null)
    ? { ...row, locked: true, hasSecret: storedSecret !== null }
    : { ...row, locked: false, url, secret };
}

const sealedUrl = (box: SecretBox, { id, url }: Endpoint): string => box.seal(url, secretPlace(id, 'url'));
const sealedSecret = (box: SecretBox, { id, secret }: Endpoint): string | null =>
  secret === null ? null : box.seal(secret, secretPlace(id, 'secret'));

/** null where there is none, or where it has been removed. */
export async function findEndpoint(db: Db, box: SecretBox, id: string): Promise<EndpointRow | null> {
  const { rows } = await db.query<StoredRow>({
    name: 'endpoint/find',
    text: `select ${COLUMNS} from endpoint where id = $1 and removed_at is null`,
    values: [id],
  });
  return rows[0] === undefined ? null : opened(box, rows[0]);
}

/** Those of these ids that are still there. */
export async function findEndpoints(db: Db, box: SecretBox, ids: readonly string[]): Promise<EndpointRow[]> {
  const { rows } = await db.query<StoredRow>({
    name: 'endpoint/find_many',
    text: `select ${COLUMNS} from endpoint where id = any($1) and removed_at is null`,
    values: [ids],
  });
  return rows.map((row) => opened(box, row));
}

/** Oldest first. */
export async function listEndpoints(
  db: Db,
  box: SecretBox,
  after: number | null,
  limit: number,
): Promise<EndpointRow[]> {
  const { rows } = await db.query<StoredRow>({
    name: 'endpoint/list',
    text: `
      select ${COLUMNS} from endpoint
       where removed_at is null and seq > coalesce($1, 0)
       order by seq
       limit $2`,
    values: [after, limit],
  });
  return rows.map((row) => opened(box, row));
}

/** The facts routing needs of each of them, oldest first. */
export async function listRoutedEndpoints(db: Db): Promise<RoutedEndpoint[]> {
  const { rows } = await db.query<RoutedEndpoint>({
    name: 'endpoint/list_routed',
    text: 'select id, kind, place, types from endpoint where removed_at is null order by seq',
  });
  return rows;
}

/** false where the id has been used, even by an endpoint that was removed. */
export async function insertEndpoint(
  tx: Transaction,
  box: SecretBox,
  endpoint: Endpoint,
  by: string,
): Promise<boolean> {
  const { id, kind, name, place, types } = endpoint;
  const { rowCount } = await tx.query({
    name: 'endpoint/insert',
    text: `
      insert into endpoint (id, kind, name, place, url, secret, types, made_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (id) do nothing`,
    values: [id, kind, name, place, sealedUrl(box, endpoint), sealedSecret(box, endpoint), types, by],
  });
  await raiseRoutingVersion(tx);
  return rowCount === 1;
}

export async function updateEndpoint(tx: Transaction, box: SecretBox, endpoint: Endpoint): Promise<void> {
  const { id, name, place, types } = endpoint;
  await tx.query({
    name: 'endpoint/update',
    text: 'update endpoint set name = $2, place = $3, url = $4, secret = $5, types = $6 where id = $1',
    values: [id, name, place, sealedUrl(box, endpoint), sealedSecret(box, endpoint), types],
  });
  await raiseRoutingVersion(tx);
}

/** The row stays, so that old deliveries keep their endpoint's name; its secrets are deleted. */
export async function removeEndpoint(tx: Transaction, id: string): Promise<void> {
  await tx.query({
    name: 'endpoint/remove',
    text: `
      update endpoint set removed_at = clock_timestamp(), url = '', secret = null
       where id = $1 and removed_at is null`,
    values: [id],
  });
  await raiseRoutingVersion(tx);
}

/** Locks a robot's allowance until the transaction ends; null where it has been removed. */
export async function lockAllowance(
  tx: Transaction,
  id: string,
): Promise<{ fullAtMs: number; nowMs: number } | null> {
  const { rows } = await tx.query<{ fullAtMs: number; nowMs: number }>({
    name: 'endpoint/lock_allowance',
    text: `
      select coalesce(extract(epoch from nullif(full_at, '-infinity')) * 1000, 0)::float8 as "fullAtMs",
             (extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"
        from endpoint where id = $1 and removed_at is null for update`,
    values: [id],
  });
  return rows[0] ?? null;
}

export async function saveAllowance(tx: Transaction, id: string, fullAtMs: number): Promise<void> {
  await tx.query({
    name: 'endpoint/save_allowance',
    text: 'update endpoint set full_at = to_timestamp($2::float8 / 1000) where id = $1',
    values: [id, fullAtMs],
  });
}
