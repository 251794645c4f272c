// Changes of who administers the installation: the last one stays, and every change is on the record.
import type { Transaction } from '../../db/pool.ts';
import { findAccountHolders } from '../../db/queries/account.ts';
import type { SecurityEvent } from '../../domain/audit/security-event.ts';
import { refuse } from '../../domain/failure.ts';
import type { Millis } from '../../domain/instant.ts';
import { compareText } from '../../domain/merge/merge-part.ts';
import { losesAdministrator } from '../../domain/organisation/administration.ts';
import type { Post } from '../../domain/organisation/organisation.ts';
import { RefusalThrown, refusing } from '../../domain/refusal-thrown.ts';

const administrators = (
  posts: readonly Post[],
): { person: string; from: string | null; to: string | null }[] =>
  posts
    .filter(({ unit, taskForce, role }) => role === 'administrator' && unit == null && taskForce == null)
    .map(({ person, from, to }) => ({ person, from: from ?? null, to: to ?? null }))
    .sort((a, b) => compareText(`${a.person} ${a.from}`, `${b.person} ${b.from}`));

/** A person without a password administers nothing: an administrator who can sign in must not hand over to such people alone. */
async function keepSomebodyIn(
  tx: Transaction,
  change: { before: readonly Post[]; after: readonly Post[] },
  now: Millis,
): Promise<void> {
  const people = [...administrators(change.before), ...administrators(change.after)].map(
    ({ person }) => person,
  );
  const holders = await findAccountHolders(tx, people);
  const ableOf = (posts: readonly Post[]): Post[] => posts.filter(({ person }) => holders.has(person));
  if (!losesAdministrator(ableOf(change.before), ableOf(change.after), now)) return;
  const left = administrators(change.after).flatMap(({ person }) => (holders.has(person) ? [] : [person]));
  throw new RefusalThrown(refuse('LAST_ADMINISTRATOR'), {
    zh: `此后的系统管理员（${left.join('、')}）都没有密码，谁也无法登录：请先为其设置密码，再作此变更`,
    en: `The administrators left (${left.join(', ')}) have no password, so that no administrator could sign in: set one first`,
  });
}

/**
 * 409 LAST_ADMINISTRATOR where `after` would leave a moment without one. To be asked under the organisation's lock, so
 * that two who end each other at once are judged one after the other. Answers what the installation's log has to tell.
 */
export async function keepAdministered(
  tx: Transaction,
  change: { before: readonly Post[]; after: readonly Post[] },
  now: Millis,
): Promise<SecurityEvent[]> {
  if (losesAdministrator(change.before, change.after, now)) throw refusing('LAST_ADMINISTRATOR');
  await keepSomebodyIn(tx, change, now);
  const [before, after] = [administrators(change.before), administrators(change.after)];
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ type: 'administratorsChanged', data: { before, after } }];
}
