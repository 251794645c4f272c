// How a process started by `npm start` reports to its supervisor, and learns that the supervisor is gone.

/** Sent once by the worker when it polls, by the API when it listens. */
export type ReadyMessage = { type: 'ready'; adminCreated?: boolean };

/** Does nothing without a supervisor (`npm run api`). */
export function tellParent(message: ReadyMessage): void {
  process.send?.(message);
}

/** Calls back once when the supervisor died without warning; the next start cleans up its servers. */
export function onParentGone(callback: () => void): void {
  if (!process.connected) return;
  process.once('disconnect', callback);
  // Listening to the parent must not keep this process alive once all other work is done.
  process.channel?.unref();
}
