// What happened, as sentences with names and times, the newest first.
import { useId, type ReactNode } from 'react';
import type { AssignmentPage } from '../../../contract/assignment-page.ts';
import { instantText } from '../../../domain/calendar/due-text.ts';
import { useNow } from '../../context/clock.tsx';
import { useLanguage, useWords } from '../../words/use-words.tsx';
import styles from './assignment.module.css';
import { ASSIGNMENT_WORDS } from './words.ts';

export function History({ events }: { events: AssignmentPage['events'] }): ReactNode {
  const words = useWords(ASSIGNMENT_WORDS);
  const language = useLanguage();
  const now = useNow();
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>
        {words.history} {events.length}
      </h2>
      <ol role="list" className={styles.events}>
        {[...events].reverse().map(({ event, text }) => (
          <li key={event.id}>
            <time dateTime={event.at}>{instantText(Date.parse(event.at), now, language)}</time> {text}
          </li>
        ))}
      </ol>
    </section>
  );
}
