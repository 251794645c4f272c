// One-time addresses for downloads: made by a person who is signed in, followed once by a program that is not.
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { isJson } from '../../../contract/call.ts';
import { callAt } from '../../../contract/call-at.ts';
import { DOWNLOAD_CALLS } from '../../../contract/downloads.ts';
import { findDownload, insertDownload, takeDownload } from '../../../db/queries/download.ts';
import { refuse, refuseFaults } from '../../../domain/failure.ts';
import { signInOf } from '../../access/authenticate.ts';
import { hashSecret, makeDownloadSecret } from '../../../command/account/secret.ts';
import type { RouteDeps } from '../../deps.ts';
import { Refused, refused } from '../../errors.ts';
import { RawReply } from '../../reply.ts';
import { serve } from '../../serve.ts';

/** A slow phone begins its download at once; an address that lies about is soon worth nothing. */
const LASTS_MS = 60_000;
/** A page of thumbnails, all waiting for their download. */
const MOST_WAITING = 100;

const BASE = '/api/v1';
/** A path and a query as a browser writes them; no other host, no way up. */
const PATH = /^\/(?!\/)(?!.*\/\.{1,2}(?:[/?]|$))[\w\-.~%/]+(?:\?[\w\-.~%/=&+:,@!*'();]*)?$/;

/** The path below /api/v1 of a call that answers a file; 422 for any other. */
function pathOfFile(given: string): string {
  const path = given.startsWith(`${BASE}/`) ? given.slice(BASE.length) : given;
  const call = PATH.test(path) ? callAt('get', BASE + path) : null;
  const kind = call?.answers[200];
  if (kind !== undefined && !isJson(kind) && kind.kind === 'file') return path;
  throw new Refused(refuseFaults([{ path: 'path', code: 'INVALID' }]), {
    detail: {
      zh: '此地址不是本系统的文件下载接口，请使用导出或附件的接口地址',
      en: 'This is no call of this API that answers a file; give the path of an export or an attachment',
    },
  });
}

/** Signed in as `authenticate` would do it. */
export function downloadsRouter({ pool }: RouteDeps): Router {
  const router = Router();

  serve(router, DOWNLOAD_CALLS.make, async ({ req, body }) => {
    const { secret, session } = signInOf(req);
    const signIn = {
      kind: session === null ? ('token' as const) : ('session' as const),
      hash: hashSecret(secret),
    };
    const token = makeDownloadSecret();
    const wanted = { signIn, path: pathOfFile(body.path) };
    const expiresAt = await insertDownload(pool, hashSecret(token), wanted, {
      lastsMs: LASTS_MS,
      most: MOST_WAITING,
    });
    const seconds = LASTS_MS / 1000;
    if (expiresAt === null)
      throw new Refused(refuse('TOO_MANY_REQUESTS', { params: { seconds } }), {
        headers: { 'retry-after': String(seconds) },
      });
    return { url: `/g/${token}`, expiresAt: expiresAt.toISOString() };
  });

  return router;
}

/** Mounted at the root. `signedIn` answers what the address was made for, as if its maker had asked. */
export function downloadRouter({ pool, signIns }: RouteDeps, signedIn: RequestHandler): Router {
  const router = Router();

  const answer = (req: Request, res: Response): Promise<void> =>
    new Promise((resolve, reject) => {
      res.once('close', resolve);
      void signedIn(req, res, (error?: unknown) => {
        reject(error instanceof Error ? error : refused('NOT_FOUND'));
      });
    });

  serve(router, DOWNLOAD_CALLS.use, async ({ req, params: { token } }) => {
    // Programs look at the head first, to learn the size: that uses nothing up.
    const look = req.method === 'HEAD' ? findDownload : takeDownload;
    const wanted = await look(pool, hashSecret(token));
    const maker = wanted === null ? null : await signIns.findKept(wanted.signIn);
    if (wanted === null || maker === null || maker.mustChange)
      throw new Refused(refuse('NOT_FOUND'), {
        detail: {
          zh: '此下载地址已用过或已过期，请回到页面重新下载',
          en: 'This address has been used or has expired; go back to the page and download again',
        },
      });
    req.actor = maker.actor;
    req.url = wanted.path;
    return new RawReply((res) => {
      res.setHeader('cache-control', 'no-store');
      return answer(req, res);
    });
  });

  return router;
}
