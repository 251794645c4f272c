// Why something of this machine cannot be started: one sentence in each language, never a stack trace.

/** What `npm start` prints before it ends with a non-zero code. */
export class StartFault extends Error {
  readonly chinese: string;
  readonly english: string;

  constructor(chinese: string, english: string, options?: ErrorOptions) {
    super(`${chinese}\n${english}`, options);
    this.chinese = chinese;
    this.english = english;
  }
}

/** Any error as one line: the first line of its message. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split('\n')[0] ?? '';
}
