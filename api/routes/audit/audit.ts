// The installation's own log, the check of all logs, and signed checkpoints; for administrators and auditors.
import { once } from 'node:events';
import { createPublicKey } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { makeCheckpoint } from '../../../command/audit/make-checkpoint.ts';
import {
  AUDIT_CALLS,
  type CheckpointAnswer,
  type SecurityEventAnswer,
  type VerifiedChain,
} from '../../../contract/audit.ts';
import { findCheckpoint, listCheckpoints, type CheckpointRow } from '../../../db/queries/checkpoint.ts';
import { searchSecurityEvents, type FoundSecurityEvent } from '../../../db/queries/security-event.ts';
import { SECURITY_EVENTS, type SecurityEventType } from '../../../domain/audit/security-event.ts';
import {
  AUDIT_BEGINNING,
  INSTALLATION_CHAIN,
  readAuditSlice,
  type AuditedChain,
} from '../../../reading/audit/audit-slice.ts';
import { fingerprintOf, publicKeyOf } from '../../../reading/audit/checkpoint.ts';
import { checkpointLines } from '../../../reading/audit/checkpoint-file.ts';
import { originOf } from '../../access/origin.ts';
import type { RouteDeps } from '../../deps.ts';
import { refused } from '../../errors.ts';
import { pageOf, readCursor, SeqCursor, writeCursor } from '../../page.ts';
import { RawReply, Reply } from '../../reply.ts';
import { serve } from '../../serve.ts';

/** One request looks over so much: less than half a second of a core, in parts that let others in between. */
const BUDGET = { events: 5_000, desks: 200 };

const PlaceCursor = z.strictObject({
  chain: z.string(),
  seq: z.int().nullable(),
  hash: z.string().nullable(),
  row: z.string().nullable(),
});

/** A type from a later release has no words here. */
const wordsOf = (type: string): { zh: string; en: string } =>
  Object.hasOwn(SECURITY_EVENTS, type)
    ? SECURITY_EVENTS[type as SecurityEventType].words
    : { zh: type, en: type };

const eventAnswer = (row: FoundSecurityEvent): SecurityEventAnswer => {
  const said = {
    ...row,
    words: wordsOf(row.type),
    received: row.received.toISOString(),
    at: row.at.toISOString(),
  };
  // As it was logged, in one of the shapes of its type; the tests hold it to that.
  return said as SecurityEventAnswer;
};

const chainAnswer = ({ chain, directive, events, fault, isDone }: AuditedChain): VerifiedChain => ({
  chain: chain === INSTALLATION_CHAIN ? 'installation' : chain,
  directive: directive === '' ? null : directive,
  events,
  brokenAt: fault?.seq ?? null,
  what: fault?.what ?? null,
  assignment: fault?.assignment ?? null,
  isDone,
});

const checkpointAnswer = (row: CheckpointRow): CheckpointAnswer => ({
  ...row,
  at: row.at.toISOString(),
  fingerprint: fingerprintOf(row.key),
});

export function auditRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  serve(router, AUDIT_CALLS.events, async ({ query: { limit, cursor, actor, type, from, to } }) => {
    const before = readCursor(SeqCursor, cursor);
    const asked = { actor: actor ?? null, type: type ?? null, from: from ?? null, to: to ?? null, before };
    const rows = await searchSecurityEvents(pool, asked, limit + 1);
    return pageOf(rows, limit, ({ seq }) => seq, eventAnswer);
  });

  serve(router, AUDIT_CALLS.verify, async ({ query: { cursor, directive } }) => {
    const from = readCursor(PlaceCursor, cursor) ?? AUDIT_BEGINNING;
    const { place, chains } = await readAuditSlice(pool, from, BUDGET, directive ?? null);
    return { items: chains.map(chainAnswer), nextCursor: place === null ? null : writeCursor(place) };
  });

  serve(router, AUDIT_CALLS.checkpoints, async ({ query: { limit, cursor } }) => {
    const rows = await listCheckpoints(pool, readCursor(SeqCursor, cursor), limit + 1);
    return pageOf(rows, limit, ({ n }) => n, checkpointAnswer);
  });

  serve(router, AUDIT_CALLS.makeCheckpoint, async ({ req }) => {
    return new Reply(201, checkpointAnswer(await makeCheckpoint(deps, originOf(req))));
  });

  serve(router, AUDIT_CALLS.checkpoint, async ({ params: { n } }) => {
    const checkpoint = await findCheckpoint(pool, n);
    if (checkpoint === null) throw refused('NOT_FOUND');
    return new RawReply(async (res) => {
      res.setHeader('content-type', 'application/jsonl');
      res.setHeader('content-disposition', `attachment; filename="checkpoint-${n}.jsonl"`);
      for await (const lines of checkpointLines(pool, checkpoint)) {
        if (res.destroyed) return;
        if (!res.write(lines)) await Promise.race([once(res, 'drain'), once(res, 'close')]);
      }
      res.end();
    });
  });

  serve(router, AUDIT_CALLS.key, () => {
    const key = publicKeyOf(deps.signingKey);
    const pem = createPublicKey(deps.signingKey).export({ type: 'spki', format: 'pem' }).toString();
    return { algorithm: 'Ed25519' as const, key, fingerprint: fingerprintOf(key), pem };
  });
  return router;
}
