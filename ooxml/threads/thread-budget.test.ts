// Promises of the budget of all threads: it is never exceeded, kinds take turns, short work finds room, the rest is
// turned away.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createThreadBudget, ThreadsFull, type Claim, type Resting } from './thread-budget.ts';

const short = (more: Partial<Claim> = {}): Claim => ({
  memoryMb: 320,
  isLong: false,
  mostWaiting: 8,
  ...more,
});
const long = (more: Partial<Claim> = {}): Claim => ({ ...short(more), memoryMb: 704, isLong: true, ...more });
const resting = (): Resting & { isEnded: boolean } => ({
  isEnded: false,
  wake: () => {
    throw new Error('no thread');
  },
  end() {
    this.isEnded = true;
  },
});
/** Started tasks, in order. */
const begins = (): { begun: string[]; note: (name: string, taken: Promise<unknown>) => void } => {
  const begun: string[] = [];
  return { begun, note: (name, taken) => void taken.then(() => begun.push(name)) };
};
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the budget of all threads', () => {
  it('gives kinds of work their turns, however many tasks of one kind wait', async () => {
    const budget = createThreadBudget({ memoryMb: 2_048, places: 1 });
    const [many, few] = [short(), short()];
    const { begun, note } = begins();
    for (const name of ['m1', 'm2', 'm3']) note(name, budget.take(many));
    note('f1', budget.take(few));
    for (let n = 0; n < 4; n += 1) {
      await settle();
      budget.giveBack(begun.at(-1)?.startsWith('m') ? many : few, null);
    }
    expect(begun).toEqual(['m1', 'f1', 'm2', 'm3']);
  });

  it('never lets long work take the last place, nor the memory a short task needs', async () => {
    const budget = createThreadBudget({ memoryMb: 2_048, places: 3 });
    const [summaries, papers, reads] = [long(), long({ memoryMb: 1_088 }), short()];
    const { begun, note } = begins();
    note('summary', budget.take(summaries));
    note('paper', budget.take(papers));
    note('read', budget.take(reads));
    await settle();
    expect(begun).toEqual(['summary', 'read']);
    budget.giveBack(summaries, null);
    await settle();
    expect(begun).toEqual(['summary', 'read', 'paper']);
  });

  it('does not pass over what waits for memory', async () => {
    const budget = createThreadBudget({ memoryMb: 1_024, places: 4 });
    const [small, large, other] = [short(), short({ memoryMb: 900 }), short()];
    const { begun, note } = begins();
    note('small', budget.take(small));
    note('large', budget.take(large));
    note('other', budget.take(other));
    await settle();
    expect(begun).toEqual(['small']);
    budget.giveBack(small, null);
    await settle();
    expect(begun).toEqual(['small', 'large']);
  });

  it('turns away what more would wait of one kind, and no other kind for it', async () => {
    const budget = createThreadBudget({ memoryMb: 2_048, places: 1 });
    const [full, other] = [short({ mostWaiting: 1 }), short({ mostWaiting: 1 })];
    const { begun, note } = begins();
    note('first', budget.take(full));
    note('second', budget.take(full));
    expect(() => budget.take(full)).toThrow(ThreadsFull);
    note('other', budget.take(other));
    await settle();
    expect(begun).toEqual(['first']);
  });

  it('hands a thread that rests to its own kind, and ends it where another kind needs its memory', async () => {
    const budget = createThreadBudget({ memoryMb: 1_024, places: 2 });
    const [kept, other] = [short({ memoryMb: 576 }), short({ memoryMb: 576 })];
    await budget.take(kept);
    const thread = resting();
    budget.giveBack(kept, thread);
    expect(await budget.take(kept)).toBe(thread);
    budget.giveBack(kept, thread);
    expect(await budget.take(other)).toBeNull();
    expect(thread.isEnded).toBe(true);
    budget.giveBack(other, null);
    expect(await budget.take(kept)).toBeNull();
  });

  it('keeps within its memory and places under any load, and all that waits begins in the end', async () => {
    const step = fc.record({
      kind: fc.nat({ max: 3 }),
      give: fc.boolean(),
      isKept: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.nat({ max: 3 }), async (steps, more) => {
        const places = 1 + more;
        const budget = createThreadBudget({ memoryMb: 2_048, places });
        const kinds = [short(), short({ memoryMb: 448 }), long(), long({ memoryMb: 1_088 })];
        const running: Claim[] = [];
        const kept = new Map<ReturnType<typeof resting>, Claim>();
        let waiting = 0;
        const sum = (claims: Iterable<Claim>): number =>
          [...claims].reduce((mb, each) => mb + each.memoryMb, 0);
        const check = (): void => {
          for (const thread of kept.keys()) if (thread.isEnded) kept.delete(thread);
          expect(running.length).toBeLessThanOrEqual(places);
          expect(sum(running) + sum(kept.values())).toBeLessThanOrEqual(2_048);
          if (places > 1) expect(running.filter(({ isLong }) => isLong).length).toBeLessThan(places);
        };
        const give = (isKept: boolean): void => {
          const claim = running.shift();
          if (!claim) return;
          const thread = isKept ? resting() : null;
          if (thread) kept.set(thread, claim);
          budget.giveBack(claim, thread);
        };
        for (const { kind, give: isGiven, isKept } of steps) {
          const claim = kinds[kind];
          if (isGiven) give(isKept);
          else if (claim)
            try {
              waiting += 1;
              void budget.take(claim).then((thread) => {
                waiting -= 1;
                running.push(claim);
                for (const each of kept.keys()) if (each === thread) kept.delete(each);
              });
            } catch (error) {
              waiting -= 1;
              expect(error).toBeInstanceOf(ThreadsFull);
            }
          await settle();
          check();
        }
        while (running.length > 0) {
          give(false);
          await settle();
          check();
        }
        expect(waiting).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
