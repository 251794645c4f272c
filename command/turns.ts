// Costly work under way, counted by person: one person does not take the room of all others.
import { refusing } from '../domain/refusal-thrown.ts';

/** Most such work takes a few seconds. */
const SECONDS = 5;

export type Turns = {
  /** Does the work, or refuses with 429 while as much of this person's is under way. */
  take<T>(person: string, work: () => Promise<T>): Promise<T>;
};

export function createTurns(most: number): Turns {
  const underWay = new Map<string, number>();
  return {
    async take(person, work) {
      const count = underWay.get(person) ?? 0;
      if (count >= most) throw refusing('TOO_MANY_REQUESTS', { params: { seconds: SECONDS } });
      underWay.set(person, count + 1);
      try {
        return await work();
      } finally {
        const left = (underWay.get(person) ?? 1) - 1;
        if (left === 0) underWay.delete(person);
        else underWay.set(person, left);
      }
    },
  };
}
