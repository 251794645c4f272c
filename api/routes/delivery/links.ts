// One-time links from messages: a page that names the action, and the button on it that does it once.
import { Router, type Request, type Response } from 'express';
import { requestHash } from '../../../command/identity.ts';
import { markLinkUsed } from '../../../db/queries/link.ts';
import { FAILURES, isPassing, type Language } from '../../../domain/failure.ts';
import { linkTokenName } from '../../../domain/delivery/link.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf, Refused, refused, refusalOf } from '../../errors.ts';
import type { About } from '../../../command/intake/handed-in.ts';
import { readCommand } from '../../posted-command.ts';
import { askPage, donePage, LINK_STYLE, refusedPage } from '../../links/link-page.ts';
import { visit, type Visit } from '../../links/link-visit.ts';
import { LINK_CALLS } from '../../../contract/links.ts';
import { RawReply } from '../../reply.ts';
import { policyWithStyle } from '../../security-headers.ts';
import { serve } from '../../serve.ts';

const LINK_POLICY = policyWithStyle(LINK_STYLE);

export function linksRouter(deps: RouteDeps): Router {
  const router = Router();
  const { door } = deps;

  /** Goes through the door like any command. Its id is the link's, so that it happens once even if it is posted again. */
  async function use(req: Request, { link, directive, actor }: Visit, receivedMs: number): Promise<void> {
    const about: About = {
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
    };
    const prepared = await door.prepare({ directive, id: link.assignment }, about);
    req.commandIds = [prepared.posted.id];
    const outcome = await door.handIn(prepared);
    const refusal = outcome.is === 'refused' ? outcome.refusal : null;
    // The person has lost the post since the page was shown.
    if (refusal?.code === 'FORBIDDEN' || refusal?.code === 'NOT_FOUND') throw refused('LINK_NOT_YOURS');
    if (refusal) throw new Refused(refusal);
    // Lost here, the link stays open to a command that has its verdict already: it does nothing twice.
    await markLinkUsed(deps.pool, link.id);
  }

  /** Links are followed by people, not programs: refusals are pages too. */
  const answer =
    (req: Request, work: (language: Language) => Promise<string>) =>
    async (res: Response): Promise<void> => {
      const language = languageOf(req);
      res.set({
        'cache-control': 'no-store',
        'content-security-policy': LINK_POLICY,
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
      });
      try {
        res.type('html').send(await work(language));
      } catch (error) {
        const { refusal, headers } = refusalOf(error);
        req.refusalCode = refusal.code;
        if (refusal.code === 'INTERNAL' || isPassing(refusal))
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
  serve(
    router,
    LINK_CALLS.ask,
    ({ req }) =>
      new RawReply(answer(req, async (language) => askPage((await visit(deps, req)).matter, language))),
  );

  serve(
    router,
    LINK_CALLS.use,
    ({ req }) =>
      new RawReply(
        answer(req, async (language) => {
          const receivedMs = deps.now();
          const visited = await visit(deps, req);
          await use(req, visited, receivedMs);
          return donePage(visited.matter, language);
        }),
      ),
  );

  return router;
}
