// What must be corrected before a report can be sent: one link a fault, each with the very words at its field.
import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../../words/use-words.tsx';
import type { ShownFault } from './faults.ts';
import styles from './fill.module.css';
import { FILL_WORDS } from './words.ts';

/** Focuses the field of a key: by its mark in the page, since an id is made anew each time. */
export function focusField(key: string | undefined): void {
  if (key === undefined) return;
  const found = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(key)}"]`);
  found?.focus();
  found?.scrollIntoView({ block: 'center' });
}

/** `shownAt`: raised with each try to send, so that the summary takes the focus again. */
export function ErrorSummary({
  faults,
  shownAt,
}: {
  faults: readonly ShownFault[];
  shownAt: number;
}): ReactNode {
  const words = useWords(FILL_WORDS);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, [shownAt]);
  return (
    <div className={styles.summary} role="alert" tabIndex={-1} ref={place}>
      <h2>{words.faults(faults.length)}</h2>
      <ul role="list">
        {faults.map((fault) => (
          <li key={`${fault.fields.join()}-${fault.row}-${fault.text}`}>
            <a
              href={`#${fault.fields[0] ?? ''}`}
              onClick={(event) => {
                event.preventDefault();
                focusField(fault.fields[0]);
              }}
            >
              {fault.text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
