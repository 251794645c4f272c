// What holds a directive up, in one line: who, what is waited for, since when, and how much waits behind it.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { StuckItem } from '../../../contract/board.ts';
import { instantText } from '../../../domain/calendar/due-text.ts';
import { useNow } from '../../context/clock.tsx';
import { useLanguage, useWords } from '../../words/use-words.tsx';
import styles from './board.module.css';
import { BOARD_WORDS } from './words.ts';

export function StuckLine({ item }: { item: StuckItem }): ReactNode {
  const words = useWords(BOARD_WORDS);
  const language = useLanguage();
  const now = useNow();
  const what = item.waitsFor === 'review' ? words.review(item.behind) : words[item.waitsFor];
  return (
    <p className={styles.line}>
      <Link to="/a/$id" params={{ id: item.assignment }} className={styles.title}>
        {item.holder.name}
      </Link>
      <span>{what}</span>
      <span className={styles.about}>{words.since(instantText(Date.parse(item.since), now, language))}</span>
      {item.waitsFor === 'review' ? null : <span className={styles.about}>{words.behind(item.behind)}</span>}
    </p>
  );
}
