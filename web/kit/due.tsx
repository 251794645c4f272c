// A due time on the page: the sentence, and the exact instant for machines and for a closer look.
import type { ReactNode } from 'react';
import type { Calendar } from '../../domain/calendar/calendar.ts';
import { dueText } from '../../domain/calendar/due-text.ts';
import { shownInstant } from '../../domain/instant.ts';
import { useNow } from '../context/clock.tsx';
import { useLanguage } from '../words/use-words.tsx';

type DueProps = { dueAt: string; suspendedUntil?: string | null; calendar: Calendar | null };

/** The sentence alone, for a clock beside the one that counts. */
export function DueWords({ dueAt, suspendedUntil = null, calendar }: DueProps): ReactNode {
  const until = suspendedUntil === null ? null : Date.parse(suspendedUntil);
  return dueText(calendar, { dueAt: Date.parse(dueAt), suspendedUntil: until }, useNow(), useLanguage());
}

/** `dueAt`, `suspendedUntil`: ISO instants. Without its calendar the working time left is not said. */
export const Due = (props: DueProps): ReactNode => (
  <time dateTime={props.dueAt} title={shownInstant(Date.parse(props.dueAt))}>
    <DueWords {...props} />
  </time>
);
