// Rows of `policy`: every version of every named policy. The shipped policies are version 1 and have no row.
import { isDeepStrictEqual } from 'node:util';
import { Policy, SHIPPED_POLICIES } from '../../domain/policy/policy.ts';
import type { Db, Transaction } from '../pool.ts';

/** `at` and `by` are null for a policy as it ships. */
export type PolicyVersion = {
  name: string;
  version: number;
  policy: Policy;
  at: Date | null;
  by: string | null;
};

type Row = { name: string; version: number; body: unknown; at: Date; by: string | null };

const isShipped = (name: string): name is keyof typeof SHIPPED_POLICIES =>
  Object.hasOwn(SHIPPED_POLICIES, name);

const versionOf = ({ body, ...row }: Row): PolicyVersion => ({ ...row, policy: Policy.parse(body) });

function shipped(name: string): PolicyVersion | null {
  return isShipped(name) ? { name, version: 1, policy: SHIPPED_POLICIES[name], at: null, by: null } : null;
}

/** The latest version, or null where no policy of that name has a row. */
export async function findPolicyVersion(db: Db, name: string): Promise<PolicyVersion | null> {
  const { rows } = await db.query<Row>({
    name: 'policy/find',
    text: `
      select name, version, body, at, by
        from policy
       where name = $1
       order by version desc
       limit 1`,
    values: [name],
  });
  return rows[0] === undefined ? shipped(name) : versionOf(rows[0]);
}

/** The latest version of each, by name; `after` is the last name already shown. */
export async function listPolicies(db: Db, after: string | null, limit: number): Promise<PolicyVersion[]> {
  // `collate "C"`: the shipped names are merged into this list, and must sort the same way in both places.
  const { rows } = await db.query<Row>({
    name: 'policy/list',
    text: `
      select distinct on (name collate "C") name, version, body, at, by
        from policy
       where name collate "C" > $1
       order by name collate "C", version desc
       limit $2`,
    values: [after ?? '', limit],
  });
  const stored = new Set(rows.map((row) => row.name));
  const unedited = Object.keys(SHIPPED_POLICIES)
    .filter((name) => name > (after ?? '') && !stored.has(name))
    .map(shipped)
    .filter((policy) => policy !== null);
  return [...rows.map(versionOf), ...unedited].sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, limit);
}

/** Stores a new version unless it equals the latest; answers the version that holds now. */
export async function savePolicy(
  tx: Transaction,
  name: string,
  policy: Policy,
  by: string,
): Promise<PolicyVersion> {
  await tx.query({
    name: 'policy/lock',
    text: `select pg_advisory_xact_lock(hashtextextended('policy/' || $1, 0))`,
    values: [name],
  });
  const latest = await findPolicyVersion(tx, name);
  if (latest !== null && isDeepStrictEqual(latest.policy, policy)) return latest;
  const { rows } = await tx.query<Row>({
    name: 'policy/insert',
    text: `
      insert into policy (name, version, body, by)
      values ($1, $2, $3, $4)
      returning name, version, body, at, by`,
    values: [name, (latest?.version ?? 0) + 1, JSON.stringify(policy), by],
  });
  if (rows[0] === undefined) throw new Error('insert returned no row');
  return versionOf(rows[0]);
}
