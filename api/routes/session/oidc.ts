// Single sign-on: to the provider and back with a session's cookie, and out when the provider says so.
import { Router, type Request } from 'express';
import * as client from 'openid-client';
import { OIDC_CALLS } from '../../../contract/oidc.ts';
import { deleteOidcSessions, noteOidcSession } from '../../../db/queries/oidc-session.ts';
import { findPeopleNamed } from '../../../db/queries/person-name.ts';
import { pathInHeader } from '../../../domain/access/local-path.ts';
import { refuse, wordsOf, FAILURES, type FailureCode } from '../../../domain/failure.ts';
import { beginSession } from '../../access/begin-session.ts';
import { originOf } from '../../access/origin.ts';
import { hashSecret } from '../../../command/account/secret.ts';
import { addressOf } from '../../address.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf, Refused, refused, refusalOf } from '../../errors.ts';
import { OidcRefused, type OidcProvider } from '../../oidc/provider.ts';
import { OIDC_PATH } from '../../oidc/oidc-config.ts';
import { oidcRefusedPage } from '../../oidc/oidc-page.ts';
import { createPendingSignIns } from '../../oidc/pending-cookie.ts';
import { RawReply, Reply } from '../../reply.ts';
import { serve } from '../../serve.ts';

/** A signed word of the provider has some hundred bytes. */
const LOGOUT_BYTES = 16_384;

async function readForm(req: Request): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of req) {
    text += String(chunk);
    if (text.length > LOGOUT_BYTES) throw refused('TOO_LARGE');
  }
  return new URLSearchParams(text);
}

export function oidcRouter(deps: RouteDeps): Router {
  const { pool, signIns } = deps;
  const router = Router();
  const pending = createPendingSignIns(deps);

  function provider(): OidcProvider {
    if (!deps.oidc) throw refused('NOT_FOUND');
    return deps.oidc.provider;
  }

  serve(router, OIDC_CALLS.begin, async ({ req, query: { to = '/' } }) => {
    const checks = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const location = await provider().begin(checks);
    const cookie = await pending.begin(req, { ...checks, to }, deps.now());
    return new Reply(302, undefined, { location, 'set-cookie': cookie });
  });

  /** The one person who has this login, or else this id. */
  async function personOf(name: string): Promise<string> {
    const found = await findPeopleNamed(pool, name);
    const [person] = found;
    if (person === undefined) throw new Refused(refuse('SIGN_IN_UNKNOWN', { params: { value: name } }));
    if (found.length > 1) throw new Refused(refuse('SIGN_IN_AMBIGUOUS', { params: { value: name } }));
    return person;
  }

  async function finish(req: Request): Promise<{ to: string; cookies: string[] }> {
    const found = provider();
    const begun = await pending.find(req, deps.now());
    if (begun === null) throw refused('SIGN_IN_OUTDATED');
    const { to, ...checks } = begun;
    const query = new URL(req.originalUrl, 'http://here').searchParams;
    const { name, sub, sid } = await found.finish(query, checks);
    const person = await personOf(name);
    const session = await beginSession(deps, req, person, { cookie: true });
    await noteOidcSession(pool, hashSecret(session.secret), { sub, sid });
    await deps.security.record({ ...originOf(req, person), type: 'signedIn', data: { by: 'oidc' } });
    return { to, cookies: [session.cookie, pending.cleared(req)] };
  }

  serve(router, OIDC_CALLS.finish, async ({ req }) => {
    try {
      const { to, cookies } = await finish(req);
      return new Reply(303, undefined, { location: pathInHeader(to), 'set-cookie': cookies });
    } catch (error) {
      const { refusal, detail } =
        error instanceof OidcRefused ? refused('SIGN_IN_REFUSED') : refusalOf(error);
      if (error instanceof OidcRefused)
        deps.log.warn(
          { err: error.cause ?? error, requestId: req.requestId },
          'the provider vouched for no person',
        );
      if (refusal.code === 'INTERNAL' || refusal.code === 'NOT_FOUND') throw error;
      await deps.security.refused({ person: null, address: addressOf(req), reason: 'oidc' });
      return page(req, refusal.code, detail?.[languageOf(req)] ?? wordsOf(refusal, languageOf(req)));
    }
  });

  const page = (req: Request, code: FailureCode, why: string): RawReply => {
    req.refusalCode = code;
    return new RawReply((res) => {
      res.set({ 'referrer-policy': 'no-referrer', 'set-cookie': pending.cleared(req) });
      res
        .status(FAILURES[code].status)
        .type('html')
        .send(oidcRefusedPage(why, languageOf(req), OIDC_PATH));
    });
  };

  serve(router, OIDC_CALLS.leave, async ({ req }) => {
    const found = provider();
    const token = (await readForm(req)).get('logout_token');
    const leaving = token === null ? null : await found.readLogout(token);
    if (leaving === null) throw refused('MALFORMED');
    await deleteOidcSessions(pool, leaving);
    signIns.forgetAll();
    return new Reply(200, undefined);
  });

  return router;
}
