// Gauges of this process's connections to PostgreSQL, by pool: kept, idle, and callers waiting for one.
import { Gauge, type Registry } from 'prom-client';
import type { Pool } from '../../db/pool.ts';

export function poolGauges(pools: Readonly<Record<string, Pool>>, registers: Registry[]): void {
  const gauge = (name: string, help: string, valueOf: (pool: Pool) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ['pool'],
      registers,
      collect() {
        for (const [pool, of] of Object.entries(pools)) this.set({ pool }, valueOf(of));
      },
    });
  };
  gauge('zhuanban_pool_connections_max', 'Connections the pool may open', (pool) => pool.options.max);
  gauge('zhuanban_pool_connections', 'Connections open', (pool) => pool.totalCount);
  gauge(
    'zhuanban_pool_connections_in_use',
    'Connections somebody has',
    (pool) => pool.totalCount - pool.idleCount,
  );
  gauge('zhuanban_pool_waiting', 'Who waits for a connection', (pool) => pool.waitingCount);
}
