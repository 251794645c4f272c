// What a call that failed says: the server's words, or that it was not reached.
import type { ProblemAnswer } from '../../contract/problem.ts';

export class CallProblem extends Error {
  readonly problem: ProblemAnswer;
  /** Milliseconds until another try is welcome; null where the server named no time. */
  readonly retryAfterMs: number | null;

  constructor(problem: ProblemAnswer, retryAfterMs: number | null) {
    super(problem.detail);
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): ProblemAnswer['code'] {
    return this.problem.code;
  }
}

/** The network is away, or the answer was lost: whether the server did it is not known. */
export class Unreached extends Error {
  constructor(cause: unknown) {
    super('the server was not reached', { cause });
  }
}

/** Another try with the same key may succeed, and cannot do it twice. */
export const isWorthRetrying = (error: unknown): boolean =>
  error instanceof Unreached || (error instanceof CallProblem && [429, 502, 503, 504].includes(error.status));

export const isCode = (error: unknown, ...codes: string[]): error is CallProblem =>
  error instanceof CallProblem && codes.includes(error.code);
