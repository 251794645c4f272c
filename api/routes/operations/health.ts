// For the operator: does the process live, may it be given work, and its metrics.
import { Router } from 'express';
import { OPERATION_CALLS, type ReadinessAnswer } from '../../../contract/operations.ts';
import { findChainState } from '../../../db/queries/chain-check.ts';
import { ping } from '../../../db/queries/health.ts';
import { authenticate } from '../../access/authenticate.ts';
import { knowGrants } from '../../access/right.ts';
import type { RouteDeps } from '../../deps.ts';
import { RawReply, Reply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import { askedSeldom, answersInTime } from '../../../reading/probe.ts';

/** Any number of callers may ask at once, without signing in: PostgreSQL is asked at most once in this time. */
const ASK_EVERY_MS = 500;
/** It changes once in hours, if ever. */
const ASK_CHAINS_EVERY_MS = 10_000;
/** The file store is perhaps paid by the request. */
const ASK_STORE_EVERY_MS = 10_000;

export function healthRouter(deps: RouteDeps): Router {
  const router = Router();
  /** Remembered: from then on work missed while Temporal is away is made up later, but without PostgreSQL nothing can be answered. */
  let hasStarted = false;

  const { pool, log } = deps;
  const { ping: pingStore } = deps.files;
  const postgresIsUp = askedSeldom(ASK_EVERY_MS, () => answersInTime('PostgreSQL', () => ping(pool), log));
  const isChainBroken = askedSeldom(ASK_CHAINS_EVERY_MS, async () => {
    const state = await findChainState(pool).catch(() => null);
    return state !== null && state.broken > 0;
  });
  const storeIsUp =
    pingStore && askedSeldom(ASK_STORE_EVERY_MS, () => answersInTime('the file store', pingStore, log));

  function statusOf(isPostgresUp: boolean): ReadinessAnswer['status'] {
    if (deps.isDraining?.() === true) return 'draining';
    if (!isPostgresUp) return 'away';
    return hasStarted ? 'ready' : 'starting';
  }

  /** A full disk does not make the process unready: reads are still served. */
  async function postgresOf(isUp: boolean): Promise<ReadinessAnswer['postgres']> {
    if (!isUp) return 'away';
    return (await deps.disk.isFull()) ? 'full' : 'up';
  }

  async function readiness(): Promise<ReadinessAnswer> {
    const [isPostgresUp, isStoreUp] = await Promise.all([postgresIsUp(), storeIsUp?.()]);
    const clockwork = deps.clockwork.state();
    hasStarted ||= isPostgresUp && deps.clockwork.hasPolled();
    return {
      status: statusOf(isPostgresUp),
      postgres: await postgresOf(isPostgresUp),
      ...clockwork,
      // A file store that is away does not make the process unready: all else goes on.
      ...(isStoreUp === undefined ? {} : { files: isStoreUp ? 'up' : 'away' }),
      ...(isPostgresUp && (await isChainBroken()) ? { chains: 'broken' as const } : {}),
    };
  }

  const fresh = { 'cache-control': 'no-store' };
  serve(router, OPERATION_CALLS.healthz, () => new Reply(200, { status: 'up' as const }, fresh));

  serve(router, OPERATION_CALLS.readyz, async () => {
    const answer = await readiness();
    return new Reply(answer.status === 'ready' ? 200 : 503, answer, fresh);
  });

  // The counts say how much is done here, so not every caller that reaches the port may read them.
  router.use('/metrics', authenticate(deps.signIns, deps), knowGrants(deps));
  serve(router, OPERATION_CALLS.metrics, async () => {
    const text = await deps.metrics.text();
    return new RawReply((res) => {
      res.set('content-type', deps.metrics.contentType).send(text);
    });
  });

  return router;
}
