// The named policies a directive can be issued with; editing one leaves what is open alone (api.md §6).
import { Router } from 'express';
import { z } from 'zod';
import { inTransaction } from '../../db/pool.ts';
import { findPolicyVersion, listPolicies, savePolicy, type PolicyVersion } from '../../db/queries/policy.ts';
import { Code } from '../../domain/code.ts';
import { hasRole } from '../../domain/organisation.ts';
import { Policy } from '../../domain/policy.ts';
import { actorOf } from '../authenticate.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { forbidden, Refused, refused } from '../errors.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { PageQuery, pageOf, readCursor } from '../page.ts';
import { param, parseDocument, parseEnvelope, parseQuery } from '../parse.ts';

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

/** A misshapen policy is refused before the question who may write one, a wrong one after it (api.md §2). */
function readPolicy(body: unknown, authorise: () => void): Policy {
  try {
    const policy = parseDocument(Policy, body);
    authorise();
    return policy;
  } catch (error) {
    if (error instanceof Refused && error.refusal.code !== 'MALFORMED') authorise();
    throw error;
  }
}

export function policiesRouter(deps: RouteDeps): Router {
  const { pool, directory } = deps;
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
    const { person } = actorOf(req);
    const people = await directory.current(pool);
    const policy = readPolicy(req.body, () => {
      if (!hasRole(people, person, 'administrator', deps.now())) throw forbidden();
    });
    const saved = await inTransaction(pool, (tx) => savePolicy(tx, name, policy, person));
    res.json(answerOf(saved));
  });

  return router;
}
