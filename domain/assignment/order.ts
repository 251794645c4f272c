// Orders from above for all assignments below: given once, numbered by the giver, taken in by each in its time.

type Given = {
  /** Counted by its giver from 1. */
  n: number;
  /** A person; null for the clockwork. */
  by: string | null;
  /** When it holds from, ISO. */
  at: string;
  reason: string | null;
};

/**
 * `cancel`, `close`: the end of what is below. `suspend` until an instant, `resume`: its clocks stand still and go on.
 * `shift`: due times move by so much working time, forward only; what is due at `from`, together with who gives it, goes
 * to `to`, its new due time (orders of before say neither). `pull`: none is later than an instant. `amend`: the directive says something else; with
 * `margins` (working milliseconds by level) it is due at another time too. `calendar`: due times are worked out anew.
 */
export type Order = Given &
  (
    | { kind: 'cancel' | 'close' | 'resume' | 'calendar' }
    | { kind: 'suspend'; until: string }
    | { kind: 'shift'; ms: number; from?: string; to?: string }
    | { kind: 'pull'; due: string }
    | { kind: 'amend'; amendment: number; margins?: number[] }
  );
