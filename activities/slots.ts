// A bound on concurrent work: when all slots are taken, the next caller waits for the first free one.

export type Slots = {
  /** Resolves when there is a free slot. */
  free(): Promise<void>;
  /** Takes a slot until `work` has ended, also by an error. */
  start(work: () => Promise<void>): void;
  /** Resolves when nothing is under way; rejects with the first error, if there was one. */
  idle(): Promise<void>;
};

export function createSlots(count: number): Slots {
  const underWay = new Set<Promise<void>>();
  const faults: unknown[] = [];
  return {
    async free() {
      while (underWay.size >= count) await Promise.race(underWay);
    },
    start(work) {
      const started: Promise<void> = work()
        .catch((error: unknown) => {
          faults.push(error);
        })
        .finally(() => underWay.delete(started));
      underWay.add(started);
    },
    async idle() {
      await Promise.all(underWay);
      if (faults.length > 0) throw faults[0];
    },
  };
}
