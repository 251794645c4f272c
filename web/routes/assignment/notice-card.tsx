// What is asked: the text of the notice, its first lines at once, and the files that came with it.
import { useId, type ReactNode } from 'react';
import type { AssignmentPage } from '../../../contract/assignment-page.ts';
import { API } from '../../call/address.ts';
import { useWords } from '../../words/use-words.tsx';
import styles from './assignment.module.css';
import { ASSIGNMENT_WORDS } from './words.ts';

const SHORT = 160;

export function NoticeCard({ notice }: { notice: AssignmentPage['notice'] }): ReactNode {
  const words = useWords(ASSIGNMENT_WORDS);
  const id = useId();
  const isShort = notice.body.length <= SHORT;
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>{words.asks}</h2>
      {isShort ? (
        <p className={styles.body}>{notice.body}</p>
      ) : (
        <details>
          <summary>
            {notice.body.slice(0, SHORT)}… <strong>{words.showAll}</strong>
          </summary>
          <p className={styles.body}>{notice.body}</p>
        </details>
      )}
      {notice.attachments.length === 0 ? null : (
        <>
          <p className={styles.about}>{words.files(notice.attachments.length)}</p>
          <ul role="list">
            {notice.attachments.map(({ id: file, name }) => (
              <li key={file}>
                <a className={styles.back} href={`${API}/files/${encodeURIComponent(file)}`} download={name}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
