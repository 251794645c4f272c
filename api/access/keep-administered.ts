// Changes of who administers the installation: the last one stays, and every change is on the record.
import { logInstallation } from '../../command/installation-log.ts';
import type { Transaction } from '../../db/pool.ts';
import type { Millis } from '../../domain/instant.ts';
import { compareText } from '../../domain/merge/merge-part.ts';
import { losesAdministrator } from '../../domain/organisation/administration.ts';
import type { Post } from '../../domain/organisation/organisation.ts';
import { refused } from '../errors.ts';

const administrators = (
  posts: readonly Post[],
): { person: string; from: string | null; to: string | null }[] =>
  posts
    .filter(({ unit, taskForce, role }) => role === 'administrator' && unit == null && taskForce == null)
    .map(({ person, from, to }) => ({ person, from: from ?? null, to: to ?? null }))
    .sort((a, b) => compareText(`${a.person} ${a.from}`, `${b.person} ${b.from}`));

/**
 * 409 LAST_ADMINISTRATOR where `after` would leave a moment without one. To be asked under the organisation's lock, so
 * that two who end each other at once are judged one after the other. `isKept` false: a look ahead, nothing is recorded.
 */
export async function keepAdministered(
  tx: Transaction,
  change: { before: readonly Post[]; after: readonly Post[] },
  by: { actor: string; now: Millis; isKept: boolean },
): Promise<void> {
  if (losesAdministrator(change.before, change.after, by.now)) throw refused('LAST_ADMINISTRATOR');
  const [before, after] = [administrators(change.before), administrators(change.after)];
  if (!by.isKept || JSON.stringify(before) === JSON.stringify(after)) return;
  await logInstallation(tx, { type: 'administratorsChanged', actor: by.actor, data: { before, after } });
}
