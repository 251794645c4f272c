// A refusal on its way up through functions that have an answer of their own; the edge gives it words and a status.
import { refuse, type FailureCode, type Refusal } from './failure.ts';

/** Thrown where a question cannot be answered or a report cannot be taken in. `decide` never throws it: it answers. */
export class RefusalThrown extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** `throw refusing('NOT_FOUND')`. */
export const refusing = (code: FailureCode, extra: Omit<Refusal, 'code'> = {}): RefusalThrown =>
  new RefusalThrown(refuse(code, extra));
