// The provider of single sign-on, as its own discovery document describes it: asked for a person, and told of their leaving.
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import * as client from 'openid-client';
import { refused } from '../errors.ts';
import { oidcUrl, type OidcConfig } from './oidc-config.ts';

/** Of each request to the provider: a person waits for it. */
const TIMEOUT_SECONDS = 5;
/** What a browser brings back from there must fit what it was sent with. */
export type OidcChecks = { state: string; nonce: string; verifier: string };
/** `sub`, `sid`: how the provider names the person and the session when it says that they have ended. */
export type OidcPerson = { name: string; sub: string; sid: string | null };
export type OidcLeaving = { sub: string | null; sid: string | null };

export type OidcProvider = {
  begin(checks: OidcChecks): Promise<string>;
  /** Throws `OidcRefused` for what the provider or the checks refuse; 503 where it does not answer. */
  finish(query: URLSearchParams, checks: OidcChecks): Promise<OidcPerson>;
  /** Where a browser ends its session there too; null where the provider has no such page. */
  endUrl(): Promise<string | null>;
  /** null: it is no word of the provider. */
  readLogout(token: string): Promise<OidcLeaving | null>;
};

/** The provider did not vouch for anybody: the person changed their mind, or the answer is not to this question. */
export class OidcRefused extends Error {}

const SCOPE = 'openid profile email';
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** A word of the provider that is older was kept by somebody. */
const LOGOUT_AGE = '10 minutes';

/** The client asks for this very function before its first request. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so only to stand out
const allowPlainHttp = client.allowInsecureRequests;

export function createOidcProvider(config: OidcConfig): OidcProvider {
  /** config.ts takes an issuer without TLS on this machine only. */
  const execute: ((found: client.Configuration) => void)[] = config.issuer.startsWith('http:')
    ? [allowPlainHttp]
    : [];
  let known: Promise<client.Configuration> | null = null;

  async function discover(): Promise<client.Configuration> {
    const found = await client.discovery(
      new URL(config.issuer),
      config.clientId,
      config.clientSecret,
      undefined,
      {
        execute,
        timeout: TIMEOUT_SECONDS,
      },
    );
    const methods = found.serverMetadata().token_endpoint_auth_methods_supported;
    // Basic is what a provider that names no method takes.
    if (methods !== undefined && !methods.includes('client_secret_basic')) return found;
    const auth = client.ClientSecretBasic(config.clientSecret);
    const basic = new client.Configuration(
      found.serverMetadata(),
      config.clientId,
      config.clientSecret,
      auth,
    );
    basic.timeout = TIMEOUT_SECONDS;
    for (const allow of execute) allow(basic);
    return basic;
  }

  /** Found once; a provider that is away is asked again by the next person. */
  function provider(): Promise<client.Configuration> {
    known ??= discover().catch(() => {
      known = null;
      throw refused('SIGN_IN_AWAY');
    });
    return known;
  }

  async function claimOf(
    found: client.Configuration,
    tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers,
    claims: client.IDToken,
  ): Promise<unknown> {
    if (claims[config.claim] !== undefined) return claims[config.claim];
    if (found.serverMetadata().userinfo_endpoint === undefined) return undefined;
    const info = await client.fetchUserInfo(found, tokens.access_token, claims.sub);
    return info[config.claim];
  }

  return {
    async begin({ state, nonce, verifier }) {
      const url = client.buildAuthorizationUrl(await provider(), {
        redirect_uri: oidcUrl(config, '/callback'),
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },

    async finish(query, { state, nonce, verifier }) {
      const found = await provider();
      const back = new URL(`${oidcUrl(config, '/callback')}?${query.toString()}`);
      try {
        const tokens = await client.authorizationCodeGrant(found, back, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new OidcRefused('no ID token');
        const name = await claimOf(found, tokens, claims);
        if (typeof name !== 'string' || name === '') throw new OidcRefused(`no claim ${config.claim}`);
        const { sub, sid } = claims;
        return { name, sub, sid: typeof sid === 'string' ? sid : null };
      } catch (error) {
        if (error instanceof OidcRefused) throw error;
        if (isAwayFault(error)) throw refused('SIGN_IN_AWAY');
        // Never its words: they may hold the code or a token.
        throw new OidcRefused(error instanceof Error ? error.name : 'refused', { cause: error });
      }
    },

    async endUrl() {
      const found = await provider();
      if (found.serverMetadata().end_session_endpoint === undefined) return null;
      return client.buildEndSessionUrl(found, { post_logout_redirect_uri: `${config.publicUrl}/` }).href;
    },

    async readLogout(token) {
      const { issuer, jwks_uri: keys } = (await provider()).serverMetadata();
      if (keys === undefined) return null;
      try {
        const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(keys)), {
          issuer,
          audience: config.clientId,
          maxTokenAge: LOGOUT_AGE,
        });
        return leavingOf(payload);
      } catch {
        return null;
      }
    },
  };
}

/** OpenID Connect Back-Channel Logout 1.0, §2.4: an event, a subject or a session, and no nonce, or it is an ID token. */
function leavingOf({ events, sub, sid, nonce }: JWTPayload): OidcLeaving | null {
  const isLogout = typeof events === 'object' && events !== null && LOGOUT_EVENT in events;
  if (!isLogout || nonce !== undefined || (sub === undefined && typeof sid !== 'string')) return null;
  return { sub: sub ?? null, sid: typeof sid === 'string' ? sid : null };
}

/** fetch's own errors, and a time-out. */
const isAwayFault = (error: unknown): boolean => {
  const name = error instanceof Error ? error.name : '';
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return name === 'TypeError' || name === 'TimeoutError' || code === 'OAUTH_TIMEOUT';
};
