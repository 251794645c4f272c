// A thread for tests: it behaves well or badly as its task says.
import { serveTasks } from '../../ooxml/threads/serve-tasks.ts';

export type Told = 'count' | 'run on' | 'grow' | 'throw' | 'leave';

let count = 0;

serveTasks((told: Told): number => {
  count += 1;
  const grown: string[][] = [];
  for (;;) {
    if (told === 'count') return count;
    if (told === 'throw') throw new Error('as told');
    if (told === 'leave') process.exit(0);
    if (told === 'grow') grown.push(Array.from({ length: 1_000 }, (_, at) => `${count} ${at}`));
  }
});
