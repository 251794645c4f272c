// What a browser carries to the provider and back: the checks of one sign-in, sealed, so that no other browser can finish it.
import { createHmac } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import type { Pool } from '../../db/pool.ts';
import { loadLinkSecret } from '../../db/queries/link.ts';
import { createSecretBox, type SecretBox } from '../../db/secret-box.ts';
import { cookieOf, cookieText, type CookieSite } from '../access/cookies.ts';

const NAME = 'zb-oidc';
/** Long enough to find a password and a second factor. */
const LASTS_SECONDS = 600;

const Pending = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
  untilMs: z.number(),
});
type Pending = Omit<z.infer<typeof Pending>, 'untilMs'>;

export type PendingSignIns = {
  /** The `Set-Cookie` that begins one; a second in the same browser takes the place of the first. */
  begin(req: Request, pending: Pending, nowMs: number): Promise<string>;
  find(req: Request, nowMs: number): Promise<Pending | null>;
  cleared(req: Request): string;
};

export function createPendingSignIns(site: CookieSite & { pool: Pool }): PendingSignIns {
  /** Sealed with a key derived from the installation's secret: any API process may be asked the second time. */
  async function box(): Promise<SecretBox> {
    const key = createHmac('sha256', await loadLinkSecret(site.pool))
      .update('pending sign-in')
      .digest();
    return createSecretBox(() => [key]);
  }
  return {
    async begin(req, pending, nowMs) {
      const text = JSON.stringify({ ...pending, untilMs: nowMs + LASTS_SECONDS * 1000 });
      const value = (await box()).seal(text, NAME);
      return cookieText(req, site, { name: NAME, value, maxAgeSeconds: LASTS_SECONDS });
    },
    async find(req, nowMs) {
      const value = cookieOf(req, site, NAME);
      const text = value === null || !value.startsWith('sealed:') ? null : (await box()).open(value, NAME);
      if (text === null) return null;
      const { untilMs, ...pending } = Pending.parse(JSON.parse(text));
      return untilMs > nowMs ? pending : null;
    },
    cleared: (req) => cookieText(req, site, { name: NAME, value: '', maxAgeSeconds: 0 }),
  };
}
