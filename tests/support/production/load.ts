// Load that never gives up: each command under its own key, sent again until it is accepted, and counted in the log
// afterwards.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { commandId, eventCommand } from '../../../command/identity.ts';
import type { Pool } from '../../../db/pool.ts';
import { EVERYBODY } from '../play.ts';

const AGAIN_AFTER_MS = 100;
/** A request that hangs is cut, as any client does; far longer than the 10 s a transaction may last. */
const PATIENCE_MS = 30_000;

export type Load = {
  /** Accepted commands so far, by the address that accepted them. */
  taken: ReadonlyMap<string, number>;
  /** Answers other than 200, by kind: a status, or the error of a connection. */
  refusals: ReadonlyMap<string, number>;
  /** 503 without `Retry-After`, and other answers that no client should see. */
  faults: readonly string[];
  /** Sends nothing new, and resolves when all sent commands are accepted. */
  stop: () => Promise<readonly string[]>;
  /** For a test that has failed: sends nothing any more. */
  abandon: () => void;
};

/** `urls`: of API processes, or of the proxy before them. */
export function startLoad(
  urls: readonly string[],
  options: { token: string; assignments: readonly string[]; underWay: number },
): Load {
  const taken = new Map<string, number>();
  const refusals = new Map<string, number>();
  const faults: string[] = [];
  const keys: string[] = [];
  let isStopping = false;
  let isAbandoned = false;
  let turn = 0;
  const count = (counts: Map<string, number>, what: string): number => {
    const now = (counts.get(what) ?? 0) + 1;
    counts.set(what, now);
    return now;
  };

  /** Was it accepted? */
  async function send(url: string, assignment: string, key: string): Promise<boolean> {
    try {
      const response = await fetch(`${url}/api/v1/assignments/${assignment}/progress`, {
        method: 'POST',
        body: JSON.stringify({ note: key }),
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${options.token}`,
          'idempotency-key': key,
        },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await response.text();
      if (response.status === 200) {
        count(taken, url);
        return true;
      }
      count(refusals, String(response.status));
      if (response.status !== 503) faults.push(`${response.status} ${text}`);
      else if (response.headers.get('retry-after') === null) faults.push(`503 without Retry-After: ${text}`);
    } catch (error) {
      count(refusals, Error.isError(error) ? `${error.name} ${String(error.cause)}` : 'unknown');
    }
    return false;
  }

  async function sender(): Promise<void> {
    while (!isStopping) {
      const key = randomUUID();
      keys.push(key);
      const assignment = options.assignments[turn % options.assignments.length] ?? '';
      for (let tries = turn++; !(await send(urls[tries % urls.length] ?? '', assignment, key)); tries += 1) {
        await pause(AGAIN_AFTER_MS);
        if (isAbandoned) return;
      }
    }
  }
  const senders = Array.from({ length: options.underWay }, sender);

  return {
    taken,
    refusals,
    faults,
    stop: async () => {
      isStopping = true;
      await Promise.all(senders);
      return keys;
    },
    abandon: () => {
      isStopping = isAbandoned = true;
    },
  };
}

/** Keys whose command is not exactly one event, with the number of events. */
export async function notOnce(pool: Pool, keys: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ command: string; count: number }>(
    `select replace(command_id::text, '-', '') as command, count(*)::int as count
       from event where type = 'progressed' and command_id is not null group by command_id`,
  );
  const counts = new Map(rows.map(({ command, count }) => [command, count]));
  const wrong = keys.filter((key) => counts.get(eventCommand(commandId(EVERYBODY, key, 0))) !== 1);
  return rows.length === keys.length ? wrong : [...wrong, `${rows.length} events of ${keys.length} commands`];
}
