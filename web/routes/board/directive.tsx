// One directive (page.md §4.10): how it stands, what holds it up, and all its parts as one table.
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BOARD_CALLS } from '../../../contract/board.ts';
import type { TREE_CALLS, TreeNode } from '../../../contract/directive-tree.ts';
import type { DIRECTIVE_CALLS } from '../../../contract/directives.ts';
import { instantText } from '../../../domain/calendar/due-text.ts';
import { useNow } from '../../context/clock.tsx';
import { isCode } from '../../call/problem.ts';
import { useRead } from '../../call/read.ts';
import { Due } from '../../kit/due.tsx';
import { LightWord } from '../../kit/light.tsx';
import { Failure, Skeleton } from '../../kit/notice.tsx';
import { LIGHT_WORDS, lightKey, markOf } from '../../words/lights.ts';
import { NO_VALUE } from '../../words/shown.ts';
import { useLanguage, useWords } from '../../words/use-words.tsx';
import { NothingHere } from '../nothing/nothing.tsx';
import styles from './board.module.css';
import { StuckLine } from './stuck-line.tsx';
import { BOARD_WORDS } from './words.ts';

type Level = { node: TreeNode; level: number };

const flat = (nodes: readonly TreeNode[], level = 1): Level[] =>
  nodes.flatMap((node) => [{ node, level }, ...flat(node.children, level + 1)]);

const INDENTS: Readonly<Record<number, string | undefined>> = {
  2: styles.level2,
  3: styles.level3,
  4: styles.level4,
};

function PartRow({ node, level }: Level): ReactNode {
  const words = useWords(BOARD_WORDS);
  const lights = useWords(LIGHT_WORDS);
  const language = useLanguage();
  const now = useNow();
  const { counts, phase } = node;
  return (
    <tr role="row" aria-level={level}>
      <td role="gridcell">
        <LightWord light={node.light} mark={markOf(phase)} word={lights[lightKey(node, now)]} />
      </td>
      <th role="rowheader" scope="row" className={INDENTS[Math.min(level, 4)]}>
        <Link to="/a/$id" params={{ id: node.id }}>
          {node.unit?.name ?? node.taskForce?.name}
        </Link>
      </th>
      <td role="gridcell">
        <time dateTime={node.dueAt}>{instantText(Date.parse(node.dueAt), now, language)}</time>
      </td>
      <td role="gridcell">
        {counts === null
          ? phase === 'submitted' || phase === 'approved'
            ? lights[phase === 'submitted' ? 'submitted' : 'blue']
            : NO_VALUE
          : words.reported(
              counts.approved,
              counts.submitted + counts.approved,
              counts.total - counts.cancelled,
            )}
      </td>
    </tr>
  );
}

export function DirectiveScreen(): ReactNode {
  const words = useWords(BOARD_WORDS);
  const { id } = useParams({ from: '/signed-in/d/$id' });
  const directive = useRead<typeof DIRECTIVE_CALLS.read>('/directives/{id}', { id });
  const tree = useRead<typeof TREE_CALLS.tree>('/directives/{id}/tree', { id });
  const stuck = useRead<typeof BOARD_CALLS.stuck>('/directives/{id}/stuck', { id }, { limit: 20 });
  if (isCode(directive.error, 'NOT_FOUND')) return <NothingHere />;
  const { data } = directive;
  if (data === undefined)
    return directive.error === null ? (
      <Skeleton />
    ) : (
      <Failure error={directive.error} onRetry={() => void directive.refetch()} />
    );
  const parts = flat(tree.data?.items ?? []);
  return (
    <div className={styles.page}>
      <div>
        <Link to="/board" className={styles.title} data-screen-only>
          ‹ {words.back}
        </Link>
        <h1>{data.title}</h1>
        <p className={styles.about}>{data.number}</p>
        {data.dueAt === null ? null : (
          <p>
            <Due dueAt={data.dueAt} calendar={null} />
          </p>
        )}
      </div>
      {stuck.data === undefined ? null : (
        <section aria-labelledby="stuck" className={styles.row}>
          <h2 id="stuck">{words.stuck}</h2>
          {stuck.data.length === 0 ? <p>{words.noStuck}</p> : null}
          <ul role="list" className={styles.stuck}>
            {stuck.data.map((item) => (
              <li key={`${item.assignment}-${item.waitsFor}`}>
                <StuckLine item={item} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {tree.error === null ? null : <Failure error={tree.error} onRetry={() => void tree.refetch()} />}
      <div className={styles.scroll} role="region" aria-label={words.table} tabIndex={0}>
        <table role="treegrid" className={styles.table} aria-label={words.table}>
          <thead>
            <tr role="row">
              {[words.light, words.unit, words.due, words.standing].map((head) => (
                <th key={head} role="columnheader" scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {parts.map(({ node, level }) => (
              <PartRow key={node.id} node={node} level={level} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
