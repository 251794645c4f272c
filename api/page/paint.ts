// A screen painted: rendered on the server with its data, and sent with the policy that lets nothing else run.
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { RouteDeps } from '../deps.ts';
import type { PageArtefact } from '../page-artefact.ts';
import { settingsOf } from './cookies.ts';
import { pageDocument } from './document.ts';
import type { FirstAnswers } from './first-answers.ts';

const PRODUCT = { zh: '专班', en: 'Zhuanban' } as const;

/** Styles and the one script by nonce or from here; nothing else runs, and nothing is loaded from elsewhere. */
const policyOf = (nonce: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ');

export type Painted = { status: number; path: string; answers: FirstAnswers; csrf: string | null };

/** Sends the document; a throw while rendering leaves the frame, which loads by script. */
export async function paint(
  deps: RouteDeps,
  artefact: PageArtefact,
  req: Request,
  res: Response,
  painted: Painted,
): Promise<void> {
  const { rendering } = artefact;
  const cookie = settingsOf(artefact, req);
  const nonce = randomBytes(16).toString('base64');
  const now = deps.now();
  const markup = await rendering
    .render({ path: painted.path, answers: painted.answers, now, cookie })
    .catch((error: unknown) => {
      deps.log.error(
        { err: error, requestId: req.requestId, path: painted.path },
        'a screen was not rendered',
      );
      return '';
    });
  const [path] = painted.path.split('?');
  const data = {
    path: req.path === '/' ? painted.path : (path ?? null),
    now,
    csrf: painted.csrf,
    answers: painted.answers,
  };
  res
    .status(painted.status)
    .setHeader('content-security-policy', policyOf(nonce))
    .setHeader('cache-control', 'no-store')
    .type('html')
    .send(
      pageDocument({
        artefact,
        title: PRODUCT[rendering.languageOf(cookie)],
        root: rendering.rootAttributes(cookie),
        nonce,
        markup,
        data,
      }),
    );
}
