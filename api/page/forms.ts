// What works without JavaScript: signing in, and acknowledging (page.md §8, A7).
import express, { Router, type Request, type Response } from 'express';
import { placeAfterSignIn } from '../../domain/access/local-path.ts';
import { wordsOf } from '../../domain/failure.ts';
import { actorOf } from '../access/authenticate.ts';
import { demandCsrf } from '../access/csrf.ts';
import { signInByPassword } from '../access/sign-in.ts';
import type { RouteDeps } from '../deps.ts';
import { refusalOf, refused } from '../errors.ts';
import { requestOf, readCommand } from '../posted-command.ts';
import { meView } from '../views/me-view.ts';
import { signInMethods } from '../views/sign-in-methods.ts';
import { directiveOfId } from '../../domain/code.ts';
import type { PageArtefact } from '../page-artefact.ts';
import { settingsLanguage } from './cookies.ts';
import { paint } from './paint.ts';
import { signedInBy } from './signed-in.ts';

const readFields = express.urlencoded({ extended: false, limit: 16 * 1024, parameterLimit: 20 });

const field = (req: Request, name: string): string => {
  const value = ((req.body ?? {}) as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
};

/** Nothing was hurt by a receipt given before: the colleague of the same post was faster. */
const NEEDLESS: ReadonlySet<string> = new Set([
  'ALREADY_ACKNOWLEDGED',
  'ALREADY_SUBMITTED',
  'ALREADY_SETTLED',
]);

export function pageForms(deps: RouteDeps, artefact: PageArtefact): Router {
  const router = Router();

  /** The form again, with what is wrong. */
  const signInAgain = async (req: Request, res: Response, error: unknown): Promise<void> => {
    const { refusal, detail, headers } = refusalOf(error);
    if (refusal.code === 'INTERNAL') throw error;
    const language = settingsLanguage(artefact, req);
    res.set(headers);
    const isIn = await signedInBy(deps, req);
    const me = isIn ? await meView(deps, req) : null;
    const state = {
      login: field(req, 'login').slice(0, 100),
      fault: detail?.[language] ?? wordsOf(refusal, language),
    };
    await paint(deps, artefact, req, res, {
      status: refusal.code === 'UNAUTHENTICATED' ? 401 : 422,
      path: `/sign-in?to=${encodeURIComponent(placeAfterSignIn(field(req, 'to')))}`,
      answers: {
        '/sign-in': state,
        '/sign-in-methods': signInMethods(deps),
        ...(me === null ? {} : { '/me': me }),
      },
      csrf: me?.csrf ?? null,
    });
  };

  router.post('/sign-in', readFields, async (req, res) => {
    const [login, password] = [field(req, 'login'), field(req, 'password')];
    try {
      const { begun, device } = await signInByPassword(deps, req, { login, password, cookie: true });
      res.setHeader('set-cookie', [begun.cookie, device]);
      res.redirect(303, placeAfterSignIn(field(req, 'to')));
    } catch (error) {
      await signInAgain(req, res, error);
    }
  });

  router.post('/a/:id/acknowledge', async (req: Request<{ id: string }>, res: Response) => {
    const receivedMs = deps.now();
    const back = req.get('referer')?.includes(`/a/${req.params.id}`) ? `/a/${req.params.id}` : '/owe';
    if (!(await signedInBy(deps, req))) {
      res.redirect(303, `/sign-in?to=${encodeURIComponent(back)}`);
      return;
    }
    await demandCsrf(req, res, req.signIn?.secret ?? '');
    const { id } = req.params;
    const directive = directiveOfId(id);
    if (directive === null) throw refused('NOT_FOUND');
    const prepared = await deps.door.prepare(
      { directive, id },
      {
        actor: actorOf(req),
        command: readCommand('acknowledge', {}),
        // No key, and none is needed: a second receipt is refused as needless.
        identity: { key: null, index: 0, request: requestOf(req), requestId: req.requestId },
        ifMatch: null,
        receivedMs,
        bytes: 0,
      },
    );
    const outcome = await deps.door.handIn(prepared);
    if (outcome.is === 'refused' && !NEEDLESS.has(outcome.refusal.code)) throw refused(outcome.refusal.code);
    res.redirect(303, back);
  });

  return router;
}
