// Why this machine cannot start something: one sentence in each language, never a stack trace.

/** The message `npm start` prints before it ends with a non-zero code. */
export class StartFault extends Error {
  readonly chinese: string;
  readonly english: string;

  constructor(chinese: string, english: string, options?: ErrorOptions) {
    super(`${chinese}\n${english}`, options);
    this.chinese = chinese;
    this.english = english;
  }
}

/** Any error as one line: the first line of its message; of several failed tries, the last one's. */
export function oneLine(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return oneLine(error.errors.at(-1));
  // Not `instanceof`: jest gives its tests an Error class of their own, and Node throws the other one.
  const message = Error.isError(error) ? error.message : String(error);
  return message.trim().split('\n')[0] ?? '';
}
