// Tokens for services and hand-held devices: made, listed, revoked (api.md §3).
import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { inTransaction } from '../../db/pool.ts';
import { insertPersonalNotification } from '../../db/queries/notification.ts';
import { findPerson } from '../../db/queries/organisation-list.ts';
import { findToken, insertToken, listTokens, revokeToken, type TokenRow } from '../../db/queries/token.ts';
import { Code } from '../../domain/code.ts';
import { refuseFaults } from '../../domain/failure.ts';
import { Instant, toMillis } from '../../domain/instant.ts';
import { isAdministrator } from '../access/administrator.ts';
import { actorOf, hashSecret, makeTokenSecret } from '../access/authenticate.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { forbidden, Refused, refused } from '../errors.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, PageQuery, readCursor, SeqCursor } from '../page.ts';
import { param, parseEnvelope, parseQuery } from '../parse.ts';

const NewToken = z.strictObject({
  name: z.string().trim().min(1).max(200),
  person: Code.optional(),
  expiresAt: Instant.nullish(),
});

const Token = named(
  'Token',
  z.object({
    id: z.string(),
    name: z.string(),
    person: z.string(),
    madeBy: z.string(),
    madeAt: z.string(),
    expiresAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  }),
);

const tokenItem = (row: TokenRow): z.infer<typeof Token> => ({
  id: row.id,
  name: row.name,
  person: row.person,
  madeBy: row.madeBy,
  madeAt: row.madeAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});

describe({
  method: 'post',
  path: '/tokens',
  tag: 'tokens',
  summary: 'Make a token; it is shown this once',
  once: false,
  status: 201,
  body: NewToken,
  answer: z.object({ id: z.string(), token: z.string() }),
});
describe({
  method: 'get',
  path: '/tokens',
  tag: 'tokens',
  summary: 'My tokens; an administrator sees all',
  query: PageQuery,
  answer: pageSchema(Token),
});
describe({ method: 'delete', path: '/tokens/{id}', tag: 'tokens', summary: 'Revoke a token' });

export function tokensRouter(deps: RouteDeps): Router {
  const { pool, signIns } = deps;
  const router = Router();

  router.post('/tokens', json(), async (req, res) => {
    const wanted = parseEnvelope(NewToken, req.body);
    const madeBy = actorOf(req).person;
    const person = wanted.person ?? madeBy;
    if (person !== madeBy && !(await isAdministrator(deps, req))) throw forbidden();
    if ((await findPerson(pool, person)) === null)
      throw new Refused(
        refuseFaults([{ path: 'person', code: 'UNKNOWN_PERSON', params: { value: person } }]),
      );
    if (wanted.expiresAt && toMillis(wanted.expiresAt) <= deps.now())
      throw new Refused(refuseFaults([{ path: 'expiresAt', code: 'INVALID' }]));
    const id = randomUUID();
    const token = makeTokenSecret();
    const expiresAt = wanted.expiresAt ?? null;
    await inTransaction(pool, async (tx) => {
      await insertToken(tx, { id, hash: hashSecret(token), name: wanted.name, person, madeBy, expiresAt });
      // Whoever can act in a person's name is that person's business.
      const data = { token: id, name: wanted.name, madeBy };
      if (person !== madeBy) await insertPersonalNotification(tx, { person, type: 'tokenMade', data });
    });
    res.status(201).json({ id, token });
  });

  router.get('/tokens', async (req, res) => {
    const { limit, cursor } = parseQuery(PageQuery, req);
    const after = readCursor(SeqCursor, cursor);
    const owner = (await isAdministrator(deps, req)) ? null : actorOf(req).person;
    const rows = await listTokens(pool, owner, after, limit + 1);
    res.json(pageOf(rows, limit, (row) => row.seq, tokenItem));
  });

  router.delete('/tokens/:id', async (req, res) => {
    const row = await findToken(pool, param(req, 'id'));
    const isOwn = row?.person === actorOf(req).person;
    // Somebody else's token is nobody's business.
    if (row === null || (!isOwn && !(await isAdministrator(deps, req)))) throw refused('NOT_FOUND');
    await revokeToken(pool, row.id);
    signIns.forgetAll();
    res.status(204).end();
  });
  return router;
}
