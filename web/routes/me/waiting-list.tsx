// What has not been delivered yet: each with its words, to be tried again or dropped.
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { dropWaiting, flush, retryWaiting } from '../../device/outbox.ts';
import { useWaiting } from '../../device/use-outbox.ts';
import { Button } from '../../kit/button.tsx';
import { ACT_WORDS, type Act } from '../../words/acts.ts';
import { dictionary } from '../../words/dictionary.ts';
import { useWords } from '../../words/use-words.tsx';
import styles from './me.module.css';

const WORDS = dictionary(
  {
    title: '未送达',
    why: '联网后自动送达，以送达时间为准。',
    drop: '不再送',
  },
  {
    title: 'Not delivered',
    why: 'Sent by itself once the network is back; time counts on arrival.',
    drop: 'Drop it',
  },
);

export function WaitingList({ person }: { person: string }): ReactNode {
  const words = useWords(WORDS);
  const acts = useWords(ACT_WORDS);
  const queries = useQueryClient();
  const waiting = useWaiting(person);
  if (waiting.length === 0) return null;
  return (
    <section className={styles.card} aria-labelledby="waiting" id="not-delivered">
      <h2 id="waiting">{words.title}</h2>
      <p>{words.why}</p>
      <ul role="list" className={styles.page}>
        {waiting.map(({ key, verb, title, refusal }) => (
          <li key={key} className={styles.page}>
            <span>
              {acts[verb as Act]} · {title}
            </span>
            {refusal === null ? null : <span role="alert">{refusal}</span>}
            <div>
              <Button
                onClick={() => {
                  void retryWaiting(key).then(() => flush(queries, person));
                }}
              >
                {acts.retry}
              </Button>
              <Button
                look="danger"
                onClick={() => {
                  void dropWaiting(key);
                }}
              >
                {words.drop}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
