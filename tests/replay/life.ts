// The life of a directive for the record: amended, extended, suspended until it goes on by itself, handed out further.
import { handOut, outcome, report, SMALL } from '../support/play.ts';
import type { Caller, Installation } from '../support/installation.ts';

/** Long enough for every desk to hear of it before it is over. */
const SUSPENDED_MS = 3_000;

export async function playLife({ z, p }: { z: Installation; p: Caller }, id: string): Promise<void> {
  await handOut(p, id, { policy: { margins: ['PT10M', 'PT10M', 'PT5M'] } });
  await z.until(async () => (await outcome(p, id)).phase === 'open', `${id} open`);
  const force = `${id}.sites.TF`;
  const done = async (path: string, body: unknown): Promise<void> => {
    const { status, body: answer } = await p.post(path, body);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  };
  const everywhere = (type: string, desks: number): Promise<unknown> =>
    z.until(async () => {
      const { rowCount } = await z.pool.query(
        'select from event where directive = $1 and type = $2 and assignment is not null group by desk',
        [id, type],
      );
      return rowCount === desks;
    }, `${type} in ${desks} desks`);

  await done(`/directives/${id}/amend`, { title: '志愿者站点（更正）', note: '标题有误' });
  await everywhere('amended', 3);
  const { dueAt } = await p.see(force);
  const due = new Date(Date.parse(dueAt) + 5 * 60_000).toISOString();
  await done(`/assignments/${force}/request-extension`, { due, reason: '道路不通' });
  await done(`/assignments/${force}/decide-extension`, { grant: true });
  await everywhere('rescheduled', 2);
  const until = new Date(Date.now() + SUSPENDED_MS).toISOString();
  await done(`/assignments/${force}/suspend`, { until, reason: '台风' });
  await everywhere('suspended', 3);
  await everywhere('resumed', 3);

  const [last] = SMALL.leavesOf(id).slice(-1);
  if (!last) throw new Error('a district without communities');
  const unit = `${last.id.split('.').at(-1) ?? ''}-1`;
  await done(`/assignments/${last.id}/decompose`, { receivers: [{ unit }] });
  for (const leaf of SMALL.leavesOf(id))
    await report(p, leaf === last || leaf.id === last.id ? { ...leaf, id: `${leaf.id}.${unit}` } : leaf);
  await z.until(async () => (await outcome(p, id)).phase === 'closed', `${id} closed`);
}
