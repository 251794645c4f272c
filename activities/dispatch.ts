// Sends one parcel by its channel and records the result: everything that decides a delivery's fate.
import { inTransaction, type Pool } from '../db/pool.ts';
import { saveFailed, saveLater, saveSent } from '../db/queries/delivery-work.ts';
import { lockAllowance, saveAllowance } from '../db/queries/endpoint.ts';
import { takeAllowance } from '../domain/delivery/allowance.ts';
import { Robot } from '../domain/delivery/channel.ts';
import { afterAttempt, type AttemptOutcome } from '../domain/delivery/delivery-attempt.ts';
import type { HttpDeps } from '../channels/http.ts';
import type { Mailer } from '../channels/mail.ts';
import { sendToRobot } from '../channels/robot.ts';
import { sendToWebhook } from '../channels/standard-webhook.ts';
import type { Parcel } from './parcel.ts';

export type DispatchDeps = {
  pool: Pool;
  http: HttpDeps;
  /** null: this process cannot send mail. */
  mailer: Mailer | null;
  now(): number;
  /** Before the second attempt; doubled before each further one. Tests use a shorter time. */
  firstRetryMs?: number;
};

/** One attempt, over when this resolves. */
export async function send(deps: DispatchDeps, parcel: Parcel): Promise<AttemptOutcome> {
  const http = { ...deps.http, now: () => deps.now() };
  switch (parcel.kind) {
    case 'undeliverable':
      return { kind: 'refused', said: parcel.why };
    case 'locked':
      return { kind: 'failed', said: parcel.why };
    case 'mail':
      if (deps.mailer === null) return { kind: 'refused', said: 'SMTP_URL is not set' };
      return deps.mailer.send(parcel);
    case 'webhook':
      return sendToWebhook(http, parcel.endpoint, parcel.uid, parcel.content);
    case 'robot': {
      const wait = await waitFor(deps, parcel.endpoint.id);
      if (wait !== null)
        return { kind: 'busy', said: 'the robot has had its messages of this minute', afterMs: wait };
      return sendToRobot(http, Robot.parse(parcel.endpoint.kind), parcel.endpoint, parcel.message);
    }
  }
}

/** Takes one message from the robot's allowance, over all workers; answers how long to wait where none is left. */
function waitFor({ pool }: DispatchDeps, endpoint: string): Promise<number | null> {
  return inTransaction(pool, async (tx) => {
    const allowance = await lockAllowance(tx, endpoint);
    if (allowance === null) return null;
    const taken = takeAllowance(allowance.fullAtMs, allowance.nowMs);
    if (!taken.granted) return taken.afterMs;
    await saveAllowance(tx, endpoint, taken.fullAt);
    return null;
  });
}

/** PostgreSQL may be away just when a message has gone out: unrecorded, it would go out again. */
const RECORD_ATTEMPTS = 5;
const RECORD_PAUSE_MS = 500;

/** Records each delivery of the parcel by itself; one recorded as sent stays so. */
export async function record(deps: DispatchDeps, parcel: Parcel, outcome: AttemptOutcome): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await recordOnce(deps, parcel, outcome);
      return;
    } catch (error) {
      if (attempt === RECORD_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, RECORD_PAUSE_MS));
    }
  }
}

async function recordOnce(
  { pool, firstRetryMs }: DispatchDeps,
  { deliveries }: Parcel,
  outcome: AttemptOutcome,
): Promise<void> {
  const { said } = outcome;
  if (outcome.kind === 'sent') {
    await saveSent(
      pool,
      deliveries.map(({ id }) => id),
      said,
    );
    return;
  }
  for (const { id, attempts, waitedMs, chain } of deliveries) {
    const verdict = afterAttempt(outcome, {
      attempts,
      waitedMs,
      isLastWay: chain.length === 0,
      ...(firstRetryMs === undefined ? {} : { firstRetryMs }),
    });
    if (verdict.state === 'waiting') await saveLater(pool, [id], { ...verdict, said });
    else await inTransaction(pool, (tx) => saveFailed(tx, id, said));
  }
}
