// Following a one-time link: may it still be used, its person and its action; and the refusals before the door is asked.
import type { Request } from 'express';
import { z } from 'zod';
import { readLink, type ReadLink } from '../../command/links/link.ts';
import { findGuessWait, insertGuess } from '../../db/queries/link.ts';
import { relate, type Actor } from '../../domain/access/relation.ts';
import { refuse } from '../../domain/failure.ts';
import { toIso } from '../../domain/instant.ts';
import { linkTokenName } from '../../domain/delivery/link.ts';
import { assignmentView } from '../views/assignment-view.ts';
import { networkFrom } from '../address.ts';
import type { RouteDeps } from '../deps.ts';
import { Refused, refused } from '../errors.ts';
import type { LinkMatter } from './link-page.ts';
import { param } from '../parse.ts';
import { directiveOfId } from '../../domain/code.ts';
import { readSnapshot } from '../../reading/seen-row.ts';

/** Unknown links a minute and address, as with passwords. A link we signed ourselves is never counted. */
const WRONG_TRIES = 5;

/** The fields of an assignment's view this page reads. */
const Seen = z.object({
  directive: z.object({ number: z.string(), title: z.string() }),
  item: z.object({ title: z.string() }),
  holder: z.object({ name: z.string() }),
  dueAt: z.string(),
  acknowledgedAt: z.string().nullable(),
  suspendedUntil: z.string().nullable(),
  allowed: z.array(z.string()),
});

export type Visit = { link: ReadLink; directive: string; actor: Actor; matter: LinkMatter };

/** The link in the path, if it may be used now; else a refusal that says why. */
export async function visit(deps: RouteDeps, req: Request): Promise<Visit> {
  const link = await readLink(deps.pool, param(req, 'token'), deps.now());
  if (link === null) throw await guessed(deps, networkFrom(req));
  if (link.state === 'expired') throw refused('LINK_EXPIRED');
  if (link.state === 'used') throw refused('LINK_USED');
  const directive = directiveOfId(link.assignment);
  if (directive === null) throw refused('LINK_UNKNOWN');
  const actor: Actor = { person: link.person, token: linkTokenName(link.id), madeBy: null };
  return { link, directive, actor, matter: await matterOf(deps, link, directive, actor) };
}

async function guessed({ pool }: RouteDeps, address: string): Promise<Refused> {
  const waitSeconds = await findGuessWait(pool, address, WRONG_TRIES);
  if (waitSeconds !== null)
    return new Refused(refuse('TOO_MANY_REQUESTS', { params: { seconds: Math.max(1, waitSeconds) } }), {
      headers: { 'retry-after': String(Math.max(1, waitSeconds)) },
    });
  await insertGuess(pool, address);
  return refused('LINK_UNKNOWN');
}

/** Refused here and not at the door, which keeps its refusals: an assignment suspended today may be acknowledged tomorrow. */
async function matterOf(
  deps: RouteDeps,
  link: ReadLink,
  directive: string,
  actor: Actor,
): Promise<LinkMatter> {
  const now = deps.now();
  const snapshot = await readSnapshot(deps, deps.pool, [{ directive, id: link.assignment }]);
  const row = snapshot.rows.get(link.assignment);
  if (!row) throw refused('LINK_UNKNOWN');
  const { directory } = snapshot;
  if (!relate(directory, link.person, snapshot.standingOf(row), now).holder) throw refused('LINK_NOT_YOURS');
  const extra = { submission: null, counts: null, delivered: undefined };
  const seen = Seen.parse(assignmentView({ snapshot, actor, now }, row, extra));
  if (!seen.allowed.includes(link.action)) {
    if (seen.suspendedUntil !== null) throw refused('SUSPENDED', { params: { until: seen.suspendedUntil } });
    throw refused(seen.acknowledgedAt === null ? 'ALREADY_SETTLED' : 'ALREADY_ACKNOWLEDGED');
  }
  return {
    title: seen.directive.title,
    number: seen.directive.number,
    item: seen.item.title,
    holder: seen.holder.name,
    dueAt: seen.dueAt,
    person: directory.people.get(link.person)?.name ?? link.person,
    expiresAt: toIso(link.expiresAtMs),
  };
}
