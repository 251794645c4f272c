// Things said above or instead of content: a notice, what failed and how to go on, and the place of what is still coming.
import type { ReactNode } from 'react';
import { CallProblem } from '../call/problem.ts';
import { ACT_WORDS } from '../words/acts.ts';
import { dictionary } from '../words/dictionary.ts';
import { useWords } from '../words/use-words.tsx';
import { Button } from './button.tsx';
import styles from './notice.module.css';

const WORDS = dictionary(
  { unreached: '没有连上服务器，请稍后重试', number: '请求编号', loading: '正在读取' },
  { unreached: 'The server was not reached; try again soon', number: 'Request', loading: 'Loading' },
);

type NoticeKind = 'plain' | 'warning' | 'fault';

/** `live`: read out when it appears; a fault interrupts, the rest waits for its turn. */
export function Notice({
  kind = 'plain',
  live = false,
  children,
}: {
  kind?: NoticeKind;
  live?: boolean;
  children: ReactNode;
}): ReactNode {
  const role = live ? { role: kind === 'fault' ? 'alert' : 'status' } : {};
  return (
    <div className={`${styles.notice} ${kind === 'plain' ? '' : styles[kind]}`} {...role}>
      {children}
    </div>
  );
}

/** What failed, in the server's words, with the number under which its log knows it. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }): ReactNode {
  const words = useWords(WORDS);
  const acts = useWords(ACT_WORDS);
  const problem = error instanceof CallProblem ? error.problem : null;
  return (
    <Notice kind="fault" live>
      <p>{problem?.detail ?? words.unreached}</p>
      {problem === null || problem.requestId === '' ? null : (
        <p className={styles.small}>
          {words.number} {problem.requestId}
        </p>
      )}
      {onRetry === undefined ? null : (
        <div>
          <Button onClick={onRetry}>{acts.retry}</Button>
        </div>
      )}
    </Notice>
  );
}

/** Seen only after 300 ms: most answers are there before. */
export function Skeleton(): ReactNode {
  const words = useWords(WORDS);
  return (
    <div className={styles.bars} aria-busy="true">
      <span className="unseen">{words.loading}</span>
      <div className={styles.bar} />
      <div className={styles.bar} />
      <div className={styles.bar} />
    </div>
  );
}
