// The named policies a directive can be issued with; editing one leaves open directives alone (api.md §6).
import { Router } from 'express';
import { POLICY_CALLS, type PolicyAnswer } from '../../../contract/policies.ts';
import { recordSecurity } from '../../../command/security/record-security.ts';
import { inTransaction } from '../../../db/pool.ts';
import {
  findPolicyVersion,
  listPolicies,
  savePolicy,
  type PolicyVersion,
} from '../../../db/queries/policy.ts';
import { Code } from '../../../domain/code.ts';
import { actorOf } from '../../access/authenticate.ts';
import { originOf } from '../../access/origin.ts';
import type { RouteDeps } from '../../deps.ts';
import { refused } from '../../errors.ts';
import { pageOf, readCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

const policyAnswer = ({ name, version, policy, at, by }: PolicyVersion): PolicyAnswer => ({
  name,
  version,
  ...policy,
  at: at?.toISOString() ?? null,
  by,
});

export function policiesRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  serve(router, POLICY_CALLS.list, async ({ query: { limit, cursor } }) => {
    const policies = await listPolicies(pool, readCursor(Code, cursor), limit + 1);
    return pageOf(policies, limit, (policy) => policy.name, policyAnswer);
  });

  serve(router, POLICY_CALLS.read, async ({ params }) => {
    const policy = await findPolicyVersion(pool, params.name);
    if (policy === null) throw refused('NOT_FOUND');
    return policyAnswer(policy);
  });

  serve(router, POLICY_CALLS.put, async ({ req, params: { name }, body }) => {
    const policy = body();
    const saved = await inTransaction(pool, async (tx) => {
      const version = await savePolicy(tx, name, policy, actorOf(req).person);
      const data = { policy: name, version: version.version };
      await recordSecurity(tx, { ...originOf(req), type: 'policySaved', data });
      return version;
    });
    return policyAnswer(saved);
  });

  return router;
}
