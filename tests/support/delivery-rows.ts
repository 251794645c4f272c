// Deliveries written with plain SQL, for tests of sending; and their state afterwards.
import type { Db } from '../../db/pool.ts';

/** A notice on its way to a person by mail, due now unless the test says otherwise; answers its id. */
export async function insertDelivery(db: Db, more: Record<string, unknown> = {}): Promise<number> {
  const row: Record<string, unknown> = {
    channel: 'mail',
    type: 'issued',
    directive: 'x',
    assignment: 'x.sites.TF.S1',
    data: { title: '题', holder: 'unit/S1' },
    state: 'waiting',
    ...more,
  };
  const columns = Object.keys(row);
  const values = Object.values(row).map((value) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  );
  const { rows } = await db.query<{ id: number }>(
    `insert into delivery (${columns.join(', ')}, at, due_at)
     values (${columns.map((_, n) => `$${n + 1}`).join(', ')}, clock_timestamp(), clock_timestamp()) returning id`,
    values,
  );
  return rows[0]?.id ?? -1;
}

export type Fate = {
  id: number;
  uid: string;
  channel: string;
  person: string | null;
  state: string;
  attempts: number;
  said: string | null;
  follows: number | null;
  goesWith: number | null;
};

export async function fatesOf(db: Db, where: string, values: unknown[] = []): Promise<Fate[]> {
  const { rows } = await db.query<Fate>(
    `select id, uid, channel, person, state, attempts, said, follows, goes_with as "goesWith"
       from delivery where ${where} order by id`,
    values,
  );
  return rows;
}
