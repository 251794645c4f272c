// A real provider of single sign-on at an address of this machine; whoever comes is signed in as the person it is told.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

export type OidcServer = {
  issuer: string;
  client: { clientId: string; clientSecret: string };
  /** The account that the next browser signs in with; null: its person declines. */
  account: string | null;
  close: () => Promise<void>;
};

/** `site`: the installation's address, known only when it has started. */
export async function startOidcServer(site: () => string): Promise<OidcServer & { open(): Promise<void> }> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  let listener: (request: never, response: never) => unknown = () => undefined;
  const server = createServer((request, response) => void listener(request as never, response as never));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { clientId: 'zhuanban', clientSecret: 'a-secret-of-the-client' };
  const made: OidcServer = {
    issuer,
    client,
    account: null,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };

  return Object.assign(made, {
    open: () => {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: client.clientId,
            client_secret: client.clientSecret,
            redirect_uris: [`${site()}/api/v1/session/oidc/callback`],
            post_logout_redirect_uris: [`${site()}/`],
            backchannel_logout_uri: `${site()}/api/v1/session/oidc/logout`,
            backchannel_logout_session_required: true,
          },
        ],
        jwks: { keys: [key] },
        cookies: { keys: ['a key of the test'] },
        claims: { openid: ['sub'], profile: ['preferred_username'] },
        features: {
          devInteractions: { enabled: false },
          backchannelLogout: { enabled: true },
          rpInitiatedLogout: { enabled: true },
        },
        interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
        findAccount: (_ctx, sub) => ({
          accountId: sub,
          claims: () => ({ sub, preferred_username: sub.replace('account-of-', '') }),
        }),
      });
      const callback = provider.callback();
      listener = async (request: never, response: never) => {
        if (!(request as { url: string }).url.startsWith('/interaction/')) return callback(request, response);
        const { prompt, params, grantId, session } = await provider.interactionDetails(request, response);
        if (made.account === null)
          return provider.interactionFinished(request, response, { error: 'access_denied' });
        if (prompt.name === 'login')
          return provider.interactionFinished(request, response, {
            login: { accountId: `account-of-${made.account}` },
          });
        const grant = grantId
          ? await provider.Grant.find(grantId)
          : new provider.Grant({ accountId: session?.accountId, clientId: String(params['client_id']) });
        grant?.addOIDCScope(String(params['scope']));
        const saved = await grant?.save();
        return provider.interactionFinished(
          request,
          response,
          { consent: saved === undefined ? {} : { grantId: saved } },
          { mergeWithLastSubmission: true },
        );
      };
      return Promise.resolve();
    },
  });
}
