// The lasting parts of assignments, remembered: item, unit, desk, and whether parts have been handed out.
import { LRUCache } from 'lru-cache';
import type { Pool } from '../db/pool.ts';
import { findHeads, type Head } from '../db/queries/assignment.ts';

/** Heads remembered: some 200 bytes each. */
const KEPT_HEADS = 100_000;

export type Heads = {
  /** The lasting part of an assignment; null where there is none. */
  find(directive: string, id: string): Promise<Head | null>;
  /** The assignment has handed parts out meanwhile: its remembered head no longer holds. */
  forget(id: string): void;
};

/** One a process: what is forgotten must be forgotten for all. */
export function createHeads(pool: Pool): Heads {
  const heads = new LRUCache<string, Head>({ max: KEPT_HEADS });
  let asked: {
    directive: string;
    id: string;
    resolve: (head: Head | null) => void;
    reject: (error: unknown) => void;
  }[] = [];

  /** Those asked for in one turn of the event loop are looked up in one query. */
  async function lookUp(): Promise<void> {
    const batch = asked;
    asked = [];
    try {
      const found = await findHeads(
        pool,
        batch.map(({ directive }) => directive),
        batch.map(({ id }) => id),
      );
      for (const head of found) heads.set(head.id, head);
      const byId = new Map(found.map((head) => [head.id, head]));
      for (const { id, resolve } of batch) resolve(byId.get(id) ?? null);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  function find(directive: string, id: string): Promise<Head | null> {
    const known = heads.get(id);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      if (asked.length === 0) setImmediate(() => void lookUp());
      asked.push({ directive, id, resolve, reject });
    });
  }

  return { find, forget: (id) => void heads.delete(id) };
}
