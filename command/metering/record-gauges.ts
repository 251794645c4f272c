// Gauges of the record for Prometheus, by API and worker alike: desks behind, messages unsent, blockers, and sizes.
import { Gauge, type Registry } from 'prom-client';
import type { Pool } from '../../db/pool.ts';
import { findChainState } from '../../db/queries/chain-check.ts';
import { findBacklog } from '../../db/queries/health.ts';
import { findStanding, findTableSizes, findUnsent } from '../../db/queries/measures.ts';
import { Channel } from '../../domain/delivery/channel.ts';
import { watchTransactions } from '../transaction-watch.ts';
import { seldom, type Seldom } from './seldom.ts';

/** Several scrapers, or one in a hurry, cost PostgreSQL no more than one. */
const ASKED_EVERY_MS = 3_000;
/** Tables do not grow in a minute, and asking touches each file. */
const SIZES_ASKED_EVERY_MS = 60_000;

/** Without PostgreSQL single figures are not a number, lists are empty, and all else is still told. `everyMs`: tests are in more of a hurry. */
export function recordGauges(pool: Pool, registers: Registry[], everyMs = ASKED_EVERY_MS): void {
  const one = <T>(name: string, help: string, ask: Seldom<T>, valueOf: (found: T) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const found = await ask();
        this.set(found === null ? Number.NaN : valueOf(found));
      },
    });
  };
  const many = <T>(
    { name, help, label }: { name: string; help: string; label: string },
    ask: Seldom<T[]>,
    read: (each: T) => { of: string; value: number },
  ): void => {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers,
      async collect() {
        const found = await ask();
        this.reset();
        for (const each of found ?? []) {
          const { of, value } = read(each);
          this.set({ [label]: of }, value);
        }
      },
    });
  };

  const backlog = seldom(() => findBacklog(pool), everyMs);
  one(
    'zhuanban_desks_behind',
    'Desks whose mark or wake has waited over 5 s',
    backlog,
    (found) => found.desksBehind,
  );
  one('zhuanban_assignments_faulted', 'Open assignments with a fault', backlog, (found) => found.faults);

  const standing = seldom(() => findStanding(pool), everyMs);
  one(
    'zhuanban_desk_behind_oldest_seconds',
    'How long the mark or wake of the desk furthest behind has waited',
    standing,
    (found) => found.oldestDeskSeconds,
  );
  one(
    'zhuanban_lock_waiters',
    'Sessions of Zhuanban, in all processes, that wait for a lock',
    standing,
    (found) => found.lockWaiters,
  );

  const chains = seldom(() => findChainState(pool), everyMs);
  one(
    'zhuanban_chains_broken',
    'Desks whose log is not the chain it was written as',
    chains,
    ({ broken }) => broken,
  );
  one(
    'zhuanban_chain_check_age_seconds',
    'Since all chains were last looked over to the end',
    chains,
    ({ ageSeconds }) => ageSeconds ?? Number.NaN,
  );

  const transactions = watchTransactions(pool);
  // Covers the whole cluster, as far as our role may see it; 0 where none is open.
  one(
    'zhuanban_oldest_transaction_seconds',
    'Age of the oldest transaction that holds back lists and stream',
    seldom(async () => (await transactions.look())?.seconds ?? 0, everyMs),
    (seconds) => seconds,
  );

  const unsent = seldom(() => findUnsent(pool, Channel.options), everyMs);
  many(
    { name: 'zhuanban_deliveries_due', help: 'Deliveries due and not sent, up to 10,000', label: 'channel' },
    unsent,
    ({ channel, due }) => ({ of: channel, value: due }),
  );
  many(
    {
      name: 'zhuanban_delivery_oldest_due_seconds',
      help: 'For how long the oldest delivery not sent has been due',
      label: 'channel',
    },
    unsent,
    ({ channel, oldestSeconds }) => ({ of: channel, value: oldestSeconds }),
  );

  const sizes = seldom(() => findTableSizes(pool), Math.min(SIZES_ASKED_EVERY_MS, everyMs * 20));
  many(
    { name: 'zhuanban_table_bytes', help: 'A table with its indexes', label: 'table' },
    sizes,
    ({ table, bytes }) => ({ of: table, value: bytes }),
  );
  many(
    { name: 'zhuanban_table_rows', help: 'Rows of a table, as PostgreSQL estimates them', label: 'table' },
    sizes,
    ({ table, rows }) => ({ of: table, value: rows }),
  );
}
