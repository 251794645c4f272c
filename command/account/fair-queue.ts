// A bounded queue for work that takes a whole core: addresses take turns, and within an address its logins do.

/** Where a piece of work waits. Of one login at one address only one piece is under way at a time. */
export type QueuePlace = { first: boolean; address: string; login: string };

export type QueueBounds = {
  /** Pieces of work under way. */
  atOnce: number;
  /** That may wait: of one login at one address, of one address, in all. Those that go first have as many of their own. */
  waiting: { pair: number; address: number; all: number };
};

/** No more may wait here; nothing was done. */
export class QueueFull extends Error {}

export type FairQueue = <T>(place: QueuePlace, work: () => Promise<T>) => Promise<T>;

type Start = () => void;

/** Waiting pieces by address and login. A map keeps the order of its keys: what had its turn is put at the end. */
class Lane {
  private readonly byAddress = new Map<string, Map<string, Start[]>>();
  private size = 0;

  private readonly waiting: QueueBounds['waiting'];

  constructor(waiting: QueueBounds['waiting']) {
    this.waiting = waiting;
  }

  /** false: it is full. */
  add(address: string, login: string, start: Start): boolean {
    const logins = this.byAddress.get(address) ?? new Map<string, Start[]>();
    const line = logins.get(login) ?? [];
    const ofAddress = [...logins.values()].reduce((sum, { length }) => sum + length, 0);
    const { pair, address: ofOne, all } = this.waiting;
    if (line.length >= pair || ofAddress >= ofOne || this.size >= all) return false;
    logins.set(login, [...line, start]);
    this.byAddress.set(address, logins);
    this.size += 1;
    return true;
  }

  /** The next whose pair is not under way, or null. */
  take(isBusy: (address: string, login: string) => boolean): Start | null {
    for (const [address, logins] of this.byAddress)
      for (const [login, line] of logins) {
        if (isBusy(address, login)) continue;
        const [start, ...others] = line;
        logins.delete(login);
        this.byAddress.delete(address);
        if (others.length > 0) logins.set(login, others);
        if (logins.size > 0) this.byAddress.set(address, logins);
        this.size -= 1;
        return start ?? null;
      }
    return null;
  }
}

export function createFairQueue({ atOnce, waiting }: QueueBounds): FairQueue {
  const lanes = { first: new Lane(waiting), others: new Lane(waiting) };
  const underWay = new Set<string>();
  let inside = 0;
  const pairOf = (address: string, login: string): string => JSON.stringify([address, login]);
  const isBusy = (address: string, login: string): boolean => underWay.has(pairOf(address, login));

  function next(): void {
    while (inside < atOnce) {
      const start = lanes.first.take(isBusy) ?? lanes.others.take(isBusy);
      if (start === null) return;
      start();
    }
  }

  return async ({ first, address, login }, work) => {
    const pair = pairOf(address, login);
    await new Promise<void>((resolve, reject) => {
      const start = (): void => {
        inside += 1;
        underWay.add(pair);
        resolve();
      };
      if (lanes[first ? 'first' : 'others'].add(address, login, start)) next();
      else reject(new QueueFull());
    });
    try {
      return await work();
    } finally {
      inside -= 1;
      underWay.delete(pair);
      next();
    }
  };
}
