// Tokens for services and hand-held devices: made, listed, revoked (api.md §3).
import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { TOKEN_CALLS, type TokenAnswer } from '../../../contract/tokens.ts';
import { recordSecurity } from '../../../command/security/record-security.ts';
import { inTransaction } from '../../../db/pool.ts';
import { insertPersonalNotification } from '../../../db/queries/notification.ts';
import { findPerson } from '../../../db/queries/organisation-list.ts';
import { findToken, insertToken, listTokens, revokeToken, type TokenRow } from '../../../db/queries/token.ts';
import { SCOPES, wider } from '../../../domain/access/token-scope.ts';
import { refuseFaults } from '../../../domain/failure.ts';
import { toMillis } from '../../../domain/instant.ts';
import { isAdministrator } from '../../access/administrator.ts';
import { actorOf, signInOf } from '../../access/authenticate.ts';
import { originOf } from '../../access/origin.ts';
import { demandScope } from '../../access/scope.ts';
import { hashSecret, makeTokenSecret } from '../../../command/account/secret.ts';
import { demandFacet, grantsOf } from '../../access/right.ts';
import type { RouteDeps } from '../../deps.ts';
import { Refused, refused } from '../../errors.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

const tokenItem = (row: TokenRow): TokenAnswer => ({
  id: row.id,
  name: row.name,
  person: row.person,
  madeBy: row.madeBy,
  madeAt: row.madeAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  scopes: row.scopes,
  lastUsedOn: row.lastUsedOn,
});

export function tokensRouter(deps: RouteDeps): Router {
  const { pool, signIns } = deps;
  const router = Router();

  serve(router, TOKEN_CALLS.make, async ({ req, body: wanted }) => {
    const madeBy = actorOf(req).person;
    const person = wanted.person ?? madeBy;
    const { token: own } = signInOf(req);
    if (person !== madeBy) {
      demandFacet('tokenForAnother', await grantsOf(deps, req));
      demandScope(req, 'administer');
    }
    const scopes = [...new Set(wanted.scopes ?? own?.scopes ?? SCOPES)];
    for (const scope of wider(scopes, own?.scopes ?? SCOPES)) demandScope(req, scope);
    if ((await findPerson(pool, person)) === null)
      throw new Refused(
        refuseFaults([{ path: 'person', code: 'UNKNOWN_PERSON', params: { value: person } }]),
      );
    if (wanted.expiresAt && toMillis(wanted.expiresAt) <= deps.now())
      throw new Refused(refuseFaults([{ path: 'expiresAt', code: 'INVALID' }]));
    const ownEnd = own?.expiresAt ?? null;
    if (ownEnd !== null && wanted.expiresAt && toMillis(wanted.expiresAt) > ownEnd.getTime())
      throw new Refused(
        refuseFaults([
          { path: 'expiresAt', code: 'OUTLIVES_TOKEN', params: { until: ownEnd.toISOString() } },
        ]),
      );
    const expiresAt = wanted.expiresAt ?? ownEnd?.toISOString() ?? null;
    const id = randomUUID();
    const token = makeTokenSecret();
    await inTransaction(pool, async (tx) => {
      await insertToken(tx, {
        id,
        hash: hashSecret(token),
        name: wanted.name,
        person,
        madeBy,
        madeWith: actorOf(req).token,
        expiresAt,
        scopes,
      });
      // A person is told of every token that can act in their name.
      const data = { token: id, name: wanted.name, madeBy };
      if (person !== madeBy) await insertPersonalNotification(tx, { person, type: 'tokenMade', data });
      const made = { token: id, person, expiresAt };
      await recordSecurity(tx, { ...originOf(req), type: 'tokenMade', data: made });
    });
    return { id, token };
  });

  serve(router, TOKEN_CALLS.list, async ({ req, query: { limit, cursor } }) => {
    const after = readCursor(SeqCursor, cursor);
    const owner = (await isAdministrator(deps, req)) ? null : actorOf(req).person;
    const rows = await listTokens(pool, owner, after, limit + 1);
    return pageOf(rows, limit, (row) => row.seq, tokenItem);
  });

  serve(router, TOKEN_CALLS.revoke, async ({ req, params }) => {
    const row = await findToken(pool, params.id);
    const isOwn = row?.person === actorOf(req).person;
    // Of another person's token not even its existence is told.
    if (row === null || (!isOwn && !(await isAdministrator(deps, req)))) throw refused('NOT_FOUND');
    await inTransaction(pool, async (tx) => {
      await revokeToken(tx, row.id);
      const data = { token: row.id, person: row.person };
      await recordSecurity(tx, { ...originOf(req), type: 'tokenRevoked', data });
    });
    signIns.forgetAll();
  });
  return router;
}
