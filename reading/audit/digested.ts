// What the chain says of content kept beside it: the digests that events carry, and the same digests made anew.
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { LoggedEvent } from '../../db/queries/event.ts';
import type { Db } from '../../db/pool.ts';
import { listContents, type ContentKey } from '../../db/queries/verification.ts';
import { figuresIn, type HandUpItem } from '../../domain/directive/hand-up.ts';
import { digestOf } from '../chain.ts';

/** Contents read in one go: some are a megabyte. */
const CONTENTS_A_READ = 8;
/** As PostgreSQL keeps it. After one of this size others have their turn: some 10 ms of hashing. */
const LARGE_BYTES = 50_000;

/** `issued` needs its row; a digest its content; `digest` is null for a row. */
type Kept = ContentKey & { seq: number; digest: string | null };

type Vouching = Pick<LoggedEvent, 'type' | 'assignment' | 'data' | 'seq'>;
type Told = { version?: number | null; n?: number; digest?: string };

/** The content that an event vouches for; null where it does for none. */
export function keptBy({ type, assignment, data, seq }: Vouching): Kept | null {
  const { version = null, n = null, digest = null } = data as Told;
  const of = (kind: ContentKey['kind'], number: number | null): Kept | null =>
    number === null || (digest === null && kind !== 'row')
      ? null
      : { kind, assignment: assignment ?? '', version: number, digest, seq };
  switch (type) {
    case 'issued':
      return of('row', 0);
    case 'submitted':
    case 'corrected':
    case 'presented':
      return of('report', version);
    case 'partAdded':
      return of('part', version);
    case 'rolledUp':
    case 'restated':
      return of('roll-up', n);
    case 'handedUp':
    case 'handUpRestated':
      return of('hand-up', n);
    default:
      return null;
  }
}

type RollUp = {
  coverage?: Record<string, unknown>;
  own?: Record<string, unknown> | null;
  [more: string]: unknown;
};

/**
 * A merged report counts by its figures. Which of those below are missing does not count, nor the version of the own
 * part: the same part added once more says nothing new.
 */
export function rollUpDigest({ coverage = {}, own, ...rest }: RollUp): string {
  const { missing: _, ...counted } = coverage;
  const { version: _version, ...said } = own ?? {};
  return digestOf({ ...rest, coverage: counted, ...(own == null ? {} : { own: said }) });
}

export function contentDigest(kind: ContentKey['kind'], content: unknown): string {
  switch (kind) {
    case 'roll-up':
      return rollUpDigest(content as RollUp);
    case 'hand-up':
      return digestOf(figuresIn((content as { items: HandUpItem[] }).items));
    case 'report':
    case 'part':
    case 'row':
      return digestOf(content);
  }
}

export type WrongContent = { seq: number; what: 'submission' | 'row'; assignment: string | null };

/** The first of these events whose content is another one now, or gone; and how many bytes were read. */
export async function findWrongContent(
  db: Db,
  directive: string,
  events: readonly LoggedEvent[],
): Promise<{ wrong: WrongContent | null; bytes: number }> {
  const kept = events.flatMap((event) => keptBy(event) ?? []);
  let bytes = 0;
  for (let at = 0; at < kept.length; at += CONTENTS_A_READ) {
    const part = kept.slice(at, at + CONTENTS_A_READ);
    const found = await listContents(db, directive, part);
    for (const [n, { kind, digest, seq, assignment }] of part.entries()) {
      const content = found[n];
      bytes += content?.bytes ?? 0;
      const isSame =
        content !== undefined &&
        content.isThere &&
        (digest === null || contentDigest(kind, content.content) === digest);
      if ((content?.bytes ?? 0) > LARGE_BYTES) await othersFirst();
      if (!isSame)
        return {
          bytes,
          wrong: {
            seq,
            what: kind === 'row' ? 'row' : 'submission',
            assignment: assignment === '' ? null : assignment,
          },
        };
    }
  }
  return { wrong: null, bytes };
}
