// Writes what changes nothing (sign-ins, downloads) to the installation's own log: all that has come, in one transaction.
import { inTransaction, type Pool } from '../../db/pool.ts';
import type { SecurityOrigin } from '../../domain/audit/security-event.ts';
import { RefusedSignIns, type RefusedSignIn } from '../../domain/audit/refused-sign-ins.ts';
import type { Millis } from '../../domain/instant.ts';
import { recordSecurity, type SecurityEntry } from './record-security.ts';

/** One transaction writes this many: some 20 ms. */
const MAX_ENTRIES = 500;
/** Counts of refused sign-ins are looked at this often. */
const LOOK_EVERY_MS = 5_000;

export type SecurityLog = {
  /** Resolves when it is written, so that nothing is given out that does not stand in the log. */
  record(entry: SecurityEntry): Promise<void>;
  /** Resolves when the first of a minute is written; those after it are counted and cost nothing. */
  refused(refusal: RefusedSignIn): Promise<void>;
  /** Writes what is counted: the process is about to end. */
  close(): Promise<void>;
};

export type SecurityLogDeps = {
  pool: Pool;
  now(): Millis;
  onError(error: unknown): void;
};

type Waiting = { entry: SecurityEntry; resolve: () => void; reject: (error: unknown) => void };

const NOBODY: SecurityOrigin = { actor: null, token: null, address: null };

export function createSecurityLog({ pool, ...deps }: SecurityLogDeps): SecurityLog {
  let waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;
  const refusals = new RefusedSignIns();
  let timer: NodeJS.Timeout | undefined;

  /** One transaction at a time; whatever comes meanwhile goes with the next. A failed one fails for all it carries. */
  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MAX_ENTRIES);
      waiting = waiting.slice(MAX_ENTRIES);
      try {
        await inTransaction(pool, (tx) => recordSecurity(tx, ...batch.map(({ entry }) => entry)));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = null;
  }

  const record = (entry: SecurityEntry): Promise<void> => {
    const written = new Promise<void>((resolve, reject) => {
      waiting.push({ entry: { receivedMs: deps.now(), ...entry }, resolve, reject });
    });
    writing ??= write();
    return written;
  };

  const recordRefusal = ({
    address,
    person,
    reason,
    times,
    receivedMs,
  }: NonNullable<ReturnType<RefusedSignIns['take']>>): Promise<void> =>
    record({ ...NOBODY, address, receivedMs, type: 'signInRefused', data: { person, reason, times } });

  async function tellCounted(isLast: boolean): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const due = refusals.due(deps.now(), isLast);
    if (refusals.size > 0) watch();
    await Promise.all(due.map(recordRefusal));
  }

  function watch(): void {
    timer ??= setTimeout(() => {
      tellCounted(false).catch((error: unknown) => {
        deps.onError(error);
      });
    }, LOOK_EVERY_MS).unref();
  }

  return {
    record,
    async refused(refusal) {
      const first = refusals.take(refusal, deps.now());
      watch();
      if (first !== null) await recordRefusal(first);
    },
    async close() {
      await tellCounted(true).catch((error: unknown) => {
        deps.onError(error);
      });
      await writing;
    },
  };
}
