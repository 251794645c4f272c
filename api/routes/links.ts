// One-time links from messages: a page that says what is to be done, and the button on it that does it once.
import { Router, type Request, type RequestHandler } from 'express';
import { requestHash } from '../../command/identity.ts';
import { markLinkUsed } from '../../db/queries/link.ts';
import { FAILURES, type Language } from '../../domain/failure.ts';
import { linkTokenName } from '../../domain/delivery/link.ts';
import type { RouteDeps } from '../deps.ts';
import { languageOf, Refused, refused, refusalOf } from '../errors.ts';
import { createIntake, readCommand } from '../reporting/intake.ts';
import { askPage, donePage, refusedPage } from '../links/link-page.ts';
import { visit, type Visit } from '../links/link-visit.ts';
import { describe } from '../openapi.ts';

describe({
  method: 'get',
  path: '/l/{token}',
  at: 'root',
  open: true,
  tag: 'links',
  summary: 'What a one-time link from a message asks for; looking uses nothing up',
  answerType: 'text/html',
});
describe({
  method: 'post',
  path: '/l/{token}',
  at: 'root',
  open: true,
  tag: 'links',
  summary: 'Does it, once, in the name of whom the link was sent to',
  once: false,
  answerType: 'text/html',
});

export function linksRouter(deps: RouteDeps): Router {
  const router = Router();
  const intake = createIntake(deps);

  /** Through the door like any command; its id is the link's, so that however often it is posted it happens once. */
  async function use(req: Request, { link, directive, actor }: Visit, receivedMs: number): Promise<void> {
    const head = await intake.head(directive, link.assignment);
    if (!head) throw refused('LINK_UNKNOWN');
    const posted = await intake.post({
      head,
      actor,
      command: readCommand(link.action, {}),
      identity: {
        key: linkTokenName(link.id),
        index: 0,
        request: requestHash('POST', `/l/${link.id}`, ''),
        requestId: req.requestId,
      },
      ifMatch: null,
      receivedMs,
      bytes: 0,
    });
    req.commandIds = [posted.id];
    const { refusal } = await deps.commands.submit(posted);
    // Who has lost the post since the page was looked at.
    if (refusal?.code === 'FORBIDDEN' || refusal?.code === 'NOT_FOUND') throw refused('LINK_NOT_YOURS');
    if (refusal) throw new Refused(refusal);
    // Lost here, the link stays open to a command that has its verdict already: it does nothing twice.
    await markLinkUsed(deps.pool, link.id);
  }

  /** Whoever follows a link is no program: refusals are pages too. */
  const answer =
    (work: (req: Request, language: Language) => Promise<string>): RequestHandler =>
    async (req, res) => {
      const language = languageOf(req);
      res.set({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
      });
      try {
        res.type('html').send(await work(req, language));
      } catch (error) {
        const { refusal, headers } = refusalOf(error);
        req.refusalCode = refusal.code;
        if (refusal.code === 'INTERNAL' || refusal.code === 'UNAVAILABLE')
          deps.log.error({ err: error, requestId: req.requestId }, 'a link could not be followed');
        if (refusal.code === 'DISK_FULL') deps.disk.note();
        res
          .status(FAILURES[refusal.code].status)
          .set(headers)
          .type('html')
          .send(refusedPage(refusal, req.requestId, language));
      }
    };

  // Scanners of mail open every address they find: looking must not use it up.
  router.get(
    '/l/:token',
    answer(async (req, language) => askPage((await visit(deps, req)).matter, language)),
  );

  router.post(
    '/l/:token',
    answer(async (req, language) => {
      const receivedMs = deps.now();
      const visited = await visit(deps, req);
      await use(req, visited, receivedMs);
      return donePage(visited.matter, language);
    }),
  );

  return router;
}
