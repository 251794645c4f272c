// An uploaded form that cannot be taken in.
import type { Fault } from '../domain/failure.ts';

/** `NOT_A_FORM`: no multipart form, or packed; `BROKEN`: broken off, or holding something else than one file. */
export class UploadFault extends Error {
  readonly why: 'NOT_A_FORM' | 'BROKEN';
  /** Its place, where one part of the form is wrong. */
  readonly fault: Fault | null;

  constructor(why: 'NOT_A_FORM' | 'BROKEN', fault: Fault | null = null) {
    super(why);
    this.why = why;
    this.fault = fault;
  }
}
