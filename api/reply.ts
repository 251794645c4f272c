// The answer of a handler where a bare body does not say all: another status, headers, or bytes written by itself.
import type { Response } from 'express';

/** A body with its status and headers; a handler that needs neither answers the body alone. */
export class Reply<B> {
  readonly status: number;
  readonly body: B;
  /** Of a name with several values, a list. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;

  constructor(status: number, body: B, headers: Readonly<Record<string, string | readonly string[]>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** JSON that was written elsewhere, such as in a thread; `B` is the type of its body. */
export class WrittenReply<B> {
  readonly bytes: Buffer;
  /** Never there: it keeps replies of other shapes apart. */
  declare readonly says: B;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** A file, a stream, a page: an answer that is not JSON writes itself to the response. */
export class RawReply {
  readonly write: (res: Response) => Promise<void> | void;

  constructor(write: (res: Response) => Promise<void> | void) {
    this.write = write;
  }
}
