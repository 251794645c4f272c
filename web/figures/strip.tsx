// A strip: one cell a receiver, or one part a light; the numbers beside it say the same in words.
import type { ReactNode } from 'react';
import type { Light } from '../../domain/assignment/light.ts';
import styles from './strip.module.css';

const ORDER: readonly Light[] = ['red', 'yellow', 'hatched', 'grey', 'green', 'blue'];
const WIDTH = 1000;

/** `counts`: how many of each light. It is only seen: the text beside it has the numbers. */
export function Strip({ counts }: { counts: Readonly<Record<Light, number>> }): ReactNode {
  const sum = ORDER.reduce((total, light) => total + counts[light], 0);
  if (sum === 0) return null;
  let x = 0;
  return (
    <svg className={styles.strip} viewBox={`0 0 ${WIDTH} 20`} preserveAspectRatio="none" aria-hidden="true">
      {ORDER.map((light) => {
        const width = (counts[light] / sum) * WIDTH;
        const at = x;
        x += width;
        return width === 0 ? null : (
          <rect
            key={light}
            className={styles[light]}
            x={at}
            y="0.5"
            width={Math.max(width - 2, 1)}
            height="19"
          />
        );
      })}
    </svg>
  );
}

export function countLights(lights: readonly Light[]): Record<Light, number> {
  const counts: Record<Light, number> = { grey: 0, green: 0, yellow: 0, red: 0, blue: 0, hatched: 0 };
  for (const light of lights) counts[light] += 1;
  return counts;
}
