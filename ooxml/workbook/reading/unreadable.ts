// Why the bytes of a workbook cannot be read.

export type Unreadable =
  | 'NOT_A_WORKBOOK'
  | 'OLD_KIND'
  | 'OPEN_DOCUMENT'
  | 'TEXT_FILE'
  | 'PDF_FILE'
  | 'BINARY_KIND'
  | 'ENCRYPTED'
  | 'MACROS'
  | 'EXTERNAL_LINKS'
  | 'DAMAGED'
  | 'TOO_LARGE'
  | 'TOO_MANY_ROWS'
  | 'TOO_MANY_CELLS'
  | 'TOO_MUCH_UNPACKED'
  | 'TOO_SLOW';

/** Thrown while bytes are read; its `reason` survives the way from the reading thread. */
export class UnreadableWorkbook extends Error {
  readonly reason: Unreadable;
  constructor(reason: Unreadable) {
    super(reason);
    this.reason = reason;
  }
}
