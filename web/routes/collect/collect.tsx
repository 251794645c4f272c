// Who owes me: every node I hold, how complete it is, and what waits for me there (page.md §4.6).
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { NODE_CALLS, NodeItem } from '../../../contract/nodes.ts';
import type { CalendarTerms } from '../../../contract/assignment-clock.ts';
import { useNow } from '../../context/clock.tsx';
import { useRead } from '../../call/read.ts';
import { buttonClass } from '../../kit/button.tsx';
import { Due } from '../../kit/due.tsx';
import { LightWord } from '../../kit/light.tsx';
import { Failure, Skeleton } from '../../kit/notice.tsx';
import { LIGHT_WORDS, lightKey, markOf } from '../../words/lights.ts';
import { percentOf } from '../../words/shown.ts';
import { useWords } from '../../words/use-words.tsx';
import styles from './collect.module.css';
import { COLLECT_WORDS } from './words.ts';

/** The sentence of a node: asked, reported, approved, and what hangs. */
export function Standing({ node }: { node: NodeItem }): ReactNode {
  const words = useWords(COLLECT_WORDS);
  const { coverage, counts } = node;
  return (
    <p className={styles.line}>
      <span>
        {words.coverage(
          coverage.expected,
          coverage.reported,
          percentOf(coverage.reported, coverage.expected),
        )}
      </span>
      <span>{words.approved(coverage.approved)}</span>
      {node.unacknowledged === 0 ? null : <span>{words.unacknowledged(node.unacknowledged)}</span>}
      {counts.overdue === 0 ? null : <span className={styles.late}>{words.overdue(counts.overdue)}</span>}
      {node.toReview === 0 ? null : <span>{words.toReview(node.toReview)}</span>}
      {node.toDecide === 0 ? null : <span>{words.toDecide(node.toDecide)}</span>}
    </p>
  );
}

function NodeCard({ node, calendars }: { node: NodeItem; calendars: readonly CalendarTerms[] }): ReactNode {
  const words = useWords(COLLECT_WORDS);
  const lights = useWords(LIGHT_WORDS);
  const now = useNow();
  return (
    <li className={styles.card}>
      <div className={styles.line}>
        <LightWord light={node.light} mark={markOf(node.phase)} word={lights[lightKey(node, now)]} />
        <Link to="/a/$id/receivers" params={{ id: node.id }} className={styles.title}>
          {node.item.title}
        </Link>
      </div>
      <p className={styles.about}>
        {node.directive.number} · {node.holder.name}
      </p>
      <p>
        <Due dueAt={node.dueAt} calendar={calendars[0]?.calendar ?? null} />
      </p>
      <Standing node={node} />
      <div className={styles.line}>
        <Link to="/a/$id/receivers" params={{ id: node.id }} className={buttonClass('primary')}>
          {words.open}
        </Link>
        {node.toReview === 0 ? null : (
          <Link to="/review" search={{ node: node.id }} className={buttonClass()}>
            {words.review}
          </Link>
        )}
      </div>
    </li>
  );
}

export function CollectScreen(): ReactNode {
  const words = useWords(COLLECT_WORDS);
  const { data, error, refetch } = useRead<typeof NODE_CALLS.mine>('/me/nodes', {});
  return (
    <>
      <h1>{words.title}</h1>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Skeleton /> : null}
      {data?.items.length === 0 ? <p className={styles.empty}>{words.empty}</p> : null}
      <ul role="list" className={styles.list}>
        {data?.items.map((node) => (
          <NodeCard key={node.id} node={node} calendars={data.calendars} />
        ))}
      </ul>
    </>
  );
}
