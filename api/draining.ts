// How an API process takes its leave of a proxy: told by `/readyz` first, then by every connection, and only then by the listener.
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** No transaction lasts over 10 s (design.md §2), and the answer after it takes its time as well. */
const PATIENCE_MS = 15_000;

/*
 * state       left by               a request meanwhile
 * serving     begin()               is answered
 * draining    DRAIN_SECONDS, hurry  is answered, its connection ends with the answer; `/readyz` says 503
 * closing     the last answer       cannot come in; streams are cut and resume elsewhere
 */
export type Draining = {
  isDraining: () => boolean;
  /** Resolves when everything taken is answered and the listener is closed. */
  run: (drainMs: number) => Promise<void>;
  /** For a caller that will not wait: the listener is closed at once. */
  hurry: () => void;
};

export function createDraining(server: Server): Draining {
  const open = new Set<ServerResponse>();
  const hurrying = new AbortController();
  let isDraining = false;
  const endWithAnswer = (res: ServerResponse): void => {
    if (!res.headersSent) res.setHeader('connection', 'close');
  };
  // Before the application's own listener, which may answer in the same breath.
  server.prependListener('request', (_req, res) => {
    open.add(res);
    res.once('close', () => open.delete(res));
    if (isDraining) endWithAnswer(res);
  });

  return {
    isDraining: () => isDraining,
    hurry: () => {
      hurrying.abort();
    },
    async run(drainMs) {
      isDraining = true;
      for (const res of open) endWithAnswer(res);
      await pause(drainMs, undefined, { signal: hurrying.signal }).catch(() => undefined);
      const closed = new Promise((resolve) => server.close(resolve));
      for (const res of open) if (isStream(res)) res.destroy();
      const patience = setTimeout(() => {
        server.closeAllConnections();
      }, PATIENCE_MS);
      await closed;
      clearTimeout(patience);
    },
  };
}

/** It never ends by itself. */
const isStream = (res: ServerResponse): boolean =>
  String(res.getHeader('content-type') ?? '').startsWith('text/event-stream');
