// A bound on what is under way at the same time: who comes when all slots are taken waits for the first to be free.

export type Slots = {
  /** Resolves when there is a free slot. */
  free(): Promise<void>;
  /** Takes a slot until `work` has ended, however it ends. */
  start(work: () => Promise<void>): void;
  /** Resolves when nothing is under way; rejects with the first fault of all that was. */
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
