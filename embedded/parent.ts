// What a process started by `npm start` says to its supervisor, and how it learns that the supervisor is gone.

/** Sent once by the worker when it polls, by the API when it listens. */
export type ReadyMessage = { type: 'ready'; adminCreated?: boolean };

/** Without a supervisor (`npm run api`) nobody hears it. */
export function tellParent(message: ReadyMessage): void {
  process.send?.(message);
}

/** Calls back once when the supervisor has died without a word; its servers are cleaned up by the next start. */
export function onParentGone(callback: () => void): void {
  if (!process.connected) return;
  process.once('disconnect', callback);
  // Listening to the parent is no reason to stay alive once all other work is done.
  process.channel?.unref();
}
