// The page: every path of it answered with HTML that holds the person's first screen already (page.md §2).
import { Router, type RequestHandler } from 'express';
import type { RouteDeps } from '../deps.ts';
import { meView } from '../views/me-view.ts';
import { signInMethods } from '../views/sign-in-methods.ts';
import { signedInBy } from './signed-in.ts';
import type { PageArtefact } from '../page-artefact.ts';
import { assetsRouter } from './assets.ts';
import { settingsLanguage } from './cookies.ts';
import { firstAnswers, type FirstAnswers } from './first-answers.ts';
import { pageForms } from './forms.ts';
import { paint } from './paint.ts';

/** Never the page's: the API answers these in its own way. */
const NOT_PAGES =
  /^\/(?:api|docs|l|g|assets|\.well-known)(?:\/|$)|^\/(?:openapi\.json|healthz|readyz|metrics)$/;

export function pageRouter(deps: RouteDeps, artefact: PageArtefact): Router {
  const { rendering } = artefact;
  const router = Router();
  router.use(assetsRouter(artefact.files));
  router.use(pageForms(deps, artefact));

  const show: RequestHandler = async (req, res, next) => {
    if (NOT_PAGES.test(req.path)) {
      next();
      return;
    }
    const [, search] = req.originalUrl.split(/\?(.*)/s, 2);
    const query = search === undefined ? '' : `?${search}`;
    const isIn = await signedInBy(deps, req);
    if (req.path === '/sign-in') {
      const answers: FirstAnswers = { '/sign-in-methods': signInMethods(deps) };
      const me = isIn ? await meView(deps, req) : null;
      if (me?.may.mustChangePassword) answers['/me'] = me;
      await paint(deps, artefact, req, res, {
        status: 200,
        path: `/sign-in${query}`,
        answers,
        csrf: me?.csrf ?? null,
      });
      return;
    }
    if (!isIn) {
      const to = req.originalUrl === '/' ? '' : `?to=${encodeURIComponent(req.originalUrl)}`;
      res.redirect(303, `/sign-in${to}`);
      return;
    }
    const me = await meView(deps, req);
    if (me.may.mustChangePassword) {
      res.redirect(303, `/sign-in?to=${encodeURIComponent(req.originalUrl)}`);
      return;
    }
    const landing = rendering.mayOpen(me, me.landing) ? me.landing : '/owe';
    const path = req.path === '/' ? landing : req.path;
    const may = rendering.isPlace(path) && rendering.mayOpen(me, path);
    const first = may
      ? await firstAnswers(deps, req, path, settingsLanguage(artefact, req))
      : { answers: {}, isNothing: true };
    await paint(deps, artefact, req, res, {
      status: first.isNothing ? 404 : 200,
      path: `${path}${query}`,
      answers: { '/me': me, ...first.answers },
      csrf: me.csrf,
    });
  };
  router.get('/{*path}', show);
  return router;
}
