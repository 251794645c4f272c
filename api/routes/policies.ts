// The named policies a directive can be issued with; editing one leaves what is open alone (api.md §6).
import { Router } from 'express';
import { z } from 'zod';
import { inTransaction } from '../../db/pool.ts';
import { findPolicyVersion, listPolicies, savePolicy, type PolicyVersion } from '../../db/queries/policy.ts';
import { Code } from '../../domain/code.ts';
import { Policy } from '../../domain/clock/policy.ts';
import { documentOfAdministrator } from '../access/administrator.ts';
import { actorOf } from '../access/authenticate.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { PageQuery, pageOf, readCursor } from '../page.ts';
import { param, parseEnvelope, parseQuery } from '../parse.ts';

const PolicyAnswer = named(
  'NamedPolicy',
  z.object({
    name: z.string(),
    version: z.int(),
    ...Policy.shape,
    at: z.string().nullable(),
    by: z.string().nullable(),
  }),
);
named('Policy', Policy);

const answerOf = ({ name, version, policy, at, by }: PolicyVersion): z.output<typeof PolicyAnswer> => ({
  name,
  version,
  ...policy,
  at: at?.toISOString() ?? null,
  by,
});

describe({
  method: 'get',
  path: '/policies',
  tag: 'policies',
  summary: 'All named policies, by name',
  query: PageQuery,
  answer: pageSchema(PolicyAnswer),
});
describe({
  method: 'get',
  path: '/policies/{name}',
  tag: 'policies',
  summary: 'One policy',
  answer: PolicyAnswer,
});
describe({
  method: 'put',
  path: '/policies/{name}',
  tag: 'policies',
  summary: 'Makes a policy, or a new version of it, for directives to come (administrator)',
  body: Policy,
  answer: PolicyAnswer,
});

export function policiesRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  router.get('/policies', async (req, res) => {
    const { limit, cursor } = parseQuery(PageQuery, req);
    const policies = await listPolicies(pool, readCursor(Code, cursor), limit + 1);
    res.json(pageOf(policies, limit, (policy) => policy.name, answerOf));
  });

  router.get('/policies/:name', async (req, res) => {
    const policy = await findPolicyVersion(pool, param(req, 'name'));
    if (policy === null) throw refused('NOT_FOUND');
    res.json(answerOf(policy));
  });

  router.put('/policies/:name', json(), async (req, res) => {
    const { name } = parseEnvelope(z.strictObject({ name: Code }), { name: param(req, 'name') });
    const policy = await documentOfAdministrator(deps, req, Policy);
    const saved = await inTransaction(pool, (tx) => savePolicy(tx, name, policy, actorOf(req).person));
    res.json(answerOf(saved));
  });

  return router;
}
