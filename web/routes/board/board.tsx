// The board (page.md §4.9): each directive as a sentence, a strip and the one thing that holds it up; late ones first.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BOARD_CALLS, BoardItem } from '../../../contract/board.ts';
import type { Calendar } from '../../../domain/calendar/calendar.ts';
import { useRead } from '../../call/read.ts';
import { Strip } from '../../figures/strip.tsx';
import { Due } from '../../kit/due.tsx';
import { LightWord } from '../../kit/light.tsx';
import { Failure, Skeleton } from '../../kit/notice.tsx';
import { LIGHT_WORDS } from '../../words/lights.ts';
import { percentOf } from '../../words/shown.ts';
import { useWords } from '../../words/use-words.tsx';
import styles from './board.module.css';
import { StuckLine } from './stuck-line.tsx';
import { BOARD_WORDS } from './words.ts';

/** How a directive stands, in words: what the strip beside it shows. */
export function CoverageSentence({ item }: { item: BoardItem }): ReactNode {
  const words = useWords(BOARD_WORDS);
  const { coverage, counts } = item;
  return (
    <p className={styles.line}>
      <span>
        {words.coverage(
          coverage.reported,
          coverage.expected,
          percentOf(coverage.reported, coverage.expected),
        )}
      </span>
      <span>{words.unacknowledged(counts.issued)}</span>
      <span className={counts.overdue > 0 ? styles.late : undefined}>{words.overdue(counts.overdue)}</span>
    </p>
  );
}

export function DirectiveLight({ item }: { item: BoardItem }): ReactNode {
  const words = useWords(BOARD_WORDS);
  const lights = useWords(LIGHT_WORDS);
  const word = item.phase === 'closed' || item.phase === 'cancelled' ? words[item.phase] : lights[item.light];
  return <LightWord light={item.light} mark={item.phase === 'cancelled' ? 'stroke' : 'tick'} word={word} />;
}

function BoardRow({ item, calendar }: { item: BoardItem; calendar: Calendar | null }): ReactNode {
  const words = useWords(BOARD_WORDS);
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <DirectiveLight item={item} />
        <Link to="/d/$id" params={{ id: item.id }} className={styles.title}>
          {item.title}
        </Link>
        <span className={styles.about}>{item.number}</span>
      </div>
      {item.dueAt === null ? null : (
        <p>
          <Due dueAt={item.dueAt} calendar={calendar} />
        </p>
      )}
      <Strip counts={item.strip} />
      <CoverageSentence item={item} />
      {item.stuck === null ? null : (
        <div className={styles.line}>
          <span>{words.stuck}：</span>
          <StuckLine item={item.stuck} />
        </div>
      )}
    </li>
  );
}

export function BoardScreen(): ReactNode {
  const words = useWords(BOARD_WORDS);
  const { data, error, refetch } = useRead<typeof BOARD_CALLS.board>('/board', {}, { limit: 100 });
  const calendars = new Map(
    data?.calendars.map(({ id, version, calendar }) => [`${id}@${version}`, calendar]),
  );
  const open = (data?.items ?? []).filter(({ light }) => light !== 'blue').length;
  return (
    <>
      <div className={styles.head}>
        <h1>{words.title}</h1>
        {data === undefined ? null : (
          <p className={styles.line}>
            <span>{words.under(open)}</span>
            <span>{words.red(data.totals.red ?? 0)}</span>
            <span>{words.yellow(data.totals.yellow ?? 0)}</span>
          </p>
        )}
      </div>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Skeleton /> : null}
      {data?.items.length === 0 ? <p>{words.empty}</p> : null}
      <ul role="list" className={styles.list}>
        {data?.items.map((item) => (
          <BoardRow
            key={item.id}
            item={item}
            calendar={calendars.get(`${item.calendar}@${item.calendarVersion}`) ?? null}
          />
        ))}
      </ul>
    </>
  );
}
