// A light: always a shape and a word, colour third (page.md §5).
import type { ReactNode } from 'react';
import type { Light as LightName } from '../../domain/assignment/light.ts';
import type { BlueMark } from '../words/lights.ts';
import styles from './light.module.css';

const BLUE_MARKS: Record<BlueMark, string> = {
  tick: 'M6 10.5l3 3 5.5-6.5',
  stroke: 'M6.5 13.5l7-7',
  cross: 'M6.5 6.5l7 7M13.5 6.5l-7 7',
};

function Shape({ light, mark }: { light: LightName; mark: BlueMark }): ReactNode {
  const shape = styles[`shape-${light}`];
  switch (light) {
    case 'grey':
      return <circle className={shape} cx="10" cy="10" r="6.5" strokeWidth="2" />;
    case 'green':
      return <circle className={shape} cx="10" cy="10" r="7.5" />;
    case 'yellow':
      return (
        <>
          <path className={shape} d="M10 2.5L18 17H2z" strokeWidth="1.5" strokeLinejoin="round" />
          <path className={styles['dark-mark']} d="M10 8v4M10 14.6v.1" strokeWidth="2" />
        </>
      );
    case 'red':
      return (
        <>
          <path className={shape} d="M10 1.5L18.5 10 10 18.5 1.5 10z" />
          <path className={styles.mark} d="M10 6v5M10 14v.1" strokeWidth="2" />
        </>
      );
    case 'blue':
      return (
        <>
          <rect className={shape} x="2.5" y="2.5" width="15" height="15" rx="2" />
          <path className={styles.mark} d={BLUE_MARKS[mark]} strokeWidth="2" />
        </>
      );
    case 'hatched':
      return (
        <>
          <rect className={shape} x="3" y="3" width="14" height="14" rx="2" strokeWidth="1.5" />
          <path className={shape} d="M8 7v6M12 7v6" strokeWidth="2" strokeLinecap="round" />
        </>
      );
  }
}

export const LightShape = ({ light, mark = 'tick' }: { light: LightName; mark?: BlueMark }): ReactNode => (
  <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
    <Shape light={light} mark={mark} />
  </svg>
);

export function LightWord({
  light,
  mark,
  word,
}: {
  light: LightName;
  mark?: BlueMark;
  word: string;
}): ReactNode {
  return (
    <span className={`${styles.light} ${styles[light]}`}>
      <LightShape light={light} {...(mark === undefined ? {} : { mark })} />
      {word}
    </span>
  );
}
