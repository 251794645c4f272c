// One-time links: made in bulk for the messages that carry them, and read when a person follows one.
//
//   const [token] = await createLinks(db, [{ assignment, person, action: 'acknowledge', occasion: deliveryId }]);
//   const url = linkUrl(publicUrl, token);
import { randomBytes } from 'node:crypto';
import type { Db } from '../../db/pool.ts';
import { findLink, insertLinks, loadLinkSecret, sweepLinks } from '../../db/queries/link.ts';
import type { Millis } from '../../domain/instant.ts';
import { LINK_LASTS_MS, type LinkAction } from '../../domain/delivery/link.ts';
import { ID_LENGTH, linkIdFor, signLink, verifyLink, type LinkFacts } from './link-token.ts';

export type WantedLink = {
  assignment: string;
  person: string;
  action: LinkAction;
  /** The occasion, such as a delivery's id: asked for again, it answers the same link. Without one each link is new. */
  occasion?: string;
};

/** Links made at once: one statement writes so many in some milliseconds. */
const MAX_LINKS_AT_ONCE = 500;

/** One secret an installation, kept with the connections it was read from. */
const secrets = new WeakMap<Db, Promise<Buffer>>();

function secretOf(db: Db): Promise<Buffer> {
  const known = secrets.get(db);
  if (known) return known;
  const loading = loadLinkSecret(db);
  secrets.set(db, loading);
  loading.catch(() => secrets.delete(db));
  return loading;
}

/** Tokens in the order asked, at most 500; good for `lastsMs` from now on. */
export async function createLinks(
  db: Db,
  wanted: readonly WantedLink[],
  lastsMs: Millis = LINK_LASTS_MS,
): Promise<string[]> {
  if (wanted.length > MAX_LINKS_AT_ONCE) throw new RangeError(`more than ${MAX_LINKS_AT_ONCE} links at once`);
  if (wanted.length === 0) return [];
  const secret = await secretOf(db);
  const links = wanted.map(({ occasion, ...about }) => ({
    ...about,
    id:
      occasion === undefined
        ? randomBytes(ID_LENGTH).toString('base64url').slice(0, ID_LENGTH)
        : linkIdFor(secret, [occasion, about.assignment, about.person, about.action]),
  }));
  await sweepLinks(db);
  const ends = await insertLinks(db, [...new Map(links.map((link) => [link.id, link])).values()], lastsMs);
  return links.map((link) => {
    const expiresAtMs = ends.get(link.id);
    if (expiresAtMs === undefined) throw new Error(`the link ${link.id} was not kept`);
    return signLink(secret, { ...link, expiresAtMs });
  });
}

export type ReadLink = LinkFacts & { state: 'open' | 'used' | 'expired' };

/** The link of a token now; null for an altered or unknown token. We ask the database only about tokens we signed. */
export async function readLink(db: Db, token: string, nowMs: Millis): Promise<ReadLink | null> {
  const facts = verifyLink(await secretOf(db), token);
  if (facts === null) return null;
  if (facts.expiresAtMs <= nowMs) return { ...facts, state: 'expired' };
  const row = await findLink(db, facts.id);
  if (row === null) return null;
  return { ...facts, state: row.usedAt === null ? 'open' : 'used' };
}

/** The address of a link, below the installation's `PUBLIC_URL`. */
export const linkUrl = (publicUrl: string, token: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/l/${token}`;
