// Tells people of changed hands: of a post changed by hand, by import or by its date, each person concerned hears once.
import type { Sources } from '../reading/opening.ts';
import { inTransaction, type Pool } from '../db/pool.ts';
import { areHandsBehind, findHandwork, insertHandNotices, loadHands, saveHands } from '../db/queries/hand.ts';
import { lockOrganisation } from '../db/queries/organisation.ts';
import { personalDeliveries } from '../domain/delivery/delivery.ts';
import {
  changedHands,
  handNotices,
  handsAt,
  nextChangeOfHands,
  officesAmong,
  placesOf,
} from '../domain/delivery/hands.ts';
import { toIso } from '../domain/instant.ts';

type Deps = { pool: Pool; sources: Pick<Sources, 'directory' | 'routing'> };

/**
 * Part of the sentinel's round; answers how many people were told. The notices and the hands told are written in one
 * transaction, under the organisation's lock: a second worker, or one that dies, tells no person twice.
 */
export async function tellHands({ pool, sources }: Deps): Promise<number> {
  if (!(await areHandsBehind(pool))) return 0;
  return inTransaction(pool, async (tx) => {
    await lockOrganisation(tx);
    const [directory, routing] = [await sources.directory.current(tx), await sources.routing.current(tx)];
    const { isFirst, nowMs, hands } = await loadHands(tx);
    const changed = changedHands(hands, handsAt(directory, nowMs));
    const nextMs = nextChangeOfHands(directory, nowMs);
    await saveHands(tx, { version: directory.version, nextMs, ...changed });
    // If no post had a person before, the district has just been brought in: its first seats are no news.
    const isNews = !isFirst && hands.length > 0;
    if (!isNews || changed.taken.length + changed.left.length === 0) return 0;
    const places = placesOf(changed);
    const work = await findHandwork(tx, places, officesAmong(directory, places));
    const notices = handNotices(changed, work, directory, nowMs);
    const deliveries = notices.flatMap(({ person, type, place, data }) =>
      personalDeliveries(
        {
          type,
          directive: null,
          assignment: null,
          desk: null,
          seq: null,
          at: toIso(nowMs),
          data,
          urgency: 'normal',
          standing: { holder: place, above: [], office: '', taskForce: '', target: null, shared: [] },
        },
        person,
        routing,
        directory,
        nowMs,
      ),
    );
    // Each delivery has its own content: none may stand for another.
    const apart = deliveries.map((delivery) => ({ ...delivery, collapse: null }));
    if (notices.length > 0) await insertHandNotices(tx, notices, apart);
    return notices.length;
  });
}
