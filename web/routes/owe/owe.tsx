// What I owe: overdue first and never hidden, every row with its next act (page.md §4.1).
import { Link, useSearch } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import type { OwedItem, WORK_CALLS, WorkAnswer } from '../../../contract/work.ts';
import { useRead } from '../../call/read.ts';
import { Failure, Skeleton } from '../../kit/notice.tsx';
import { useWords } from '../../words/use-words.tsx';
import { AcknowledgeAll } from './acknowledge-all.tsx';
import styles from './owe.module.css';
import { OweRow } from './owe-row.tsx';
import { OWE_WORDS } from './words.ts';

const ONLY = ['unacknowledged', 'returned', 'suspended', 'asked'] as const;
type Only = (typeof ONLY)[number];

const FITS: Record<Only | 'overdue', (item: OwedItem) => boolean> = {
  unacknowledged: (item) => item.acknowledgedAt === null,
  returned: ({ phase }) => phase === 'returned',
  suspended: ({ suspendedUntil }) => suspendedUntil !== null,
  asked: ({ extension, transfer, decline }) => extension !== null || transfer !== null || decline !== null,
  overdue: ({ overdue }) => overdue,
};

/** A link is the present one only with its very filter. */
const EXACTLY = { exact: true, includeSearch: true } as const;

function Filter({ work, only }: { work: WorkAnswer; only: string | undefined }): ReactNode {
  const words = useWords(OWE_WORDS);
  const shown = ONLY.filter((key) => work.counts[key] > 0 || key === only);
  if (shown.length === 0) return null;
  return (
    <div role="group" aria-label={words.filter} className={styles.filter}>
      <Link to="/owe" search={{}} activeOptions={EXACTLY}>
        {words.all} {work.counts.owed}
      </Link>
      {shown.map((key) => (
        <Link key={key} to="/owe" search={{ only: key }} activeOptions={EXACTLY}>
          {words[key]} {work.counts[key]}
        </Link>
      ))}
    </div>
  );
}

export function OweScreen(): ReactNode {
  const words = useWords(OWE_WORDS);
  const { only } = useSearch({ from: '/signed-in/owe' });
  const { data: work, error, refetch } = useRead<typeof WORK_CALLS.mine>('/me/work', {});
  const calendars = useMemo(
    () => new Map(work?.calendars.map(({ id, version, calendar }) => [`${id}@${version}`, calendar])),
    [work?.calendars],
  );
  const fits = only !== undefined && only in FITS ? FITS[only as keyof typeof FITS] : () => true;
  const groups = (work?.groups ?? [])
    .map((group) => ({ ...group, items: group.items.filter(fits), hidden: group.total - group.items.length }))
    .filter(({ items }) => items.length > 0);
  const overdue = work?.groups.find(({ key }) => key === 'overdue')?.total ?? 0;
  return (
    <>
      <div className={styles.head}>
        <h1>{words.title}</h1>
        {work === undefined ? null : (
          <>
            <p className={styles.sum}>{words.sum(work.counts.owed, overdue, work.counts.unacknowledged)}</p>
            <Filter work={work} only={only} />
            <AcknowledgeAll items={work.groups.flatMap(({ items }) => items)} />
          </>
        )}
      </div>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {work === undefined && error === null ? <Skeleton /> : null}
      {groups.map(({ key, items, total, hidden }) => (
        <section key={key} className={styles.group} aria-labelledby={`group-${key}`}>
          <h2 id={`group-${key}`}>
            {words[key]} {only === undefined ? total : items.length}
          </h2>
          <ul role="list" className={styles.list}>
            {items.map((item) => (
              <OweRow
                key={item.id}
                item={item}
                calendar={calendars.get(`${item.clock.calendar}@${item.clock.version}`) ?? null}
              />
            ))}
          </ul>
          {hidden > 0 && only === undefined ? <p className={styles.about}>{words.more(hidden)}</p> : null}
        </section>
      ))}
      {work !== undefined && groups.length === 0 ? (
        <p className={styles.empty}>{only === undefined ? words.empty : words.emptyFilter}</p>
      ) : null}
    </>
  );
}
