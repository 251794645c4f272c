// When notices reached their units, for the answers of commands: those asked for in one turn are looked up in one query.
import type { Pool } from '../db/pool.ts';
import { findDelivered, type Delivered } from '../db/queries/delivery.ts';

type Asked = {
  assignment: string;
  resolve: (delivered: Delivered | undefined) => void;
  reject: (error: unknown) => void;
};

export function createDeliveredLookup(pool: Pool): (assignment: string) => Promise<Delivered | undefined> {
  let asked: Asked[] = [];

  async function lookUp(): Promise<void> {
    const batch = asked;
    asked = [];
    try {
      const found = await findDelivered(
        pool,
        batch.map(({ assignment }) => assignment),
      );
      for (const { assignment, resolve } of batch) resolve(found.get(assignment));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (assignment) =>
    new Promise((resolve, reject) => {
      // A batch of the door is answered in one turn: fifty commands are one query.
      if (asked.length === 0) setImmediate(() => void lookUp());
      asked.push({ assignment, resolve, reject });
    });
}
