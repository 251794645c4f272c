// A refusal on its way up through functions that have an answer of their own; the edge gives it words and a status.
import { refuse, type FailureCode, type Language, type Refusal } from './failure.ts';

/** Thrown where a question cannot be answered or a report cannot be taken in. `decide` never throws it: it answers. */
export class RefusalThrown extends Error {
  readonly refusal: Refusal;
  /** Words of its own for this one, where the catalogue's are too general. */
  readonly detail: Record<Language, string> | undefined;

  constructor(refusal: Refusal, detail?: Record<Language, string>) {
    super(refusal.code);
    this.refusal = refusal;
    this.detail = detail;
  }
}

/** `throw refusing('NOT_FOUND')`. */
export const refusing = (code: FailureCode, extra: Omit<Refusal, 'code'> = {}): RefusalThrown =>
  new RefusalThrown(refuse(code, extra));
