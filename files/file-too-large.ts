// The fault of a file that is longer than its sender may send.

/** Thrown while the bytes come in; nothing of the file is left. */
export class FileTooLarge extends Error {
  readonly maxBytes: number;
  constructor(maxBytes: number) {
    super(`longer than ${String(maxBytes)} bytes`);
    this.maxBytes = maxBytes;
  }
}
