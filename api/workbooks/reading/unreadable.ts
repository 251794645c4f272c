// Why the bytes of a workbook are not read at all.

export type Unreadable =
  'NOT_A_WORKBOOK' | 'ENCRYPTED' | 'MACROS' | 'EXTERNAL_LINKS' | 'DAMAGED' | 'TOO_LARGE';

/** Thrown while bytes are read; crosses from the reading thread by its reason. */
export class UnreadableWorkbook extends Error {
  readonly reason: Unreadable;
  constructor(reason: Unreadable) {
    super(reason);
    this.reason = reason;
  }
}
