// What is kept on this device: drafts, the outbox, last copies. Where storage is refused, all goes on in memory, and it is said.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** A report being filled in; `key` is person, assignment and form. */
export type KeptDraft = {
  key: string;
  person: string;
  assignment: string;
  title: string;
  /** Epoch milliseconds of this device. */
  at: number;
  content: unknown;
};

/** A command that has not been answered yet, in the order in which it was given. */
export type WaitingAct = {
  /** Its idempotency key, made when the person acted. */
  key: string;
  person: string;
  assignment: string;
  verb: string;
  body: unknown;
  version: number | null;
  title: string;
  at: number;
  /** The server's words, where it refused for good: the person decides what becomes of it. */
  refusal: string | null;
};

interface Kept extends DBSchema {
  drafts: { key: string; value: KeptDraft };
  outbox: { key: string; value: WaitingAct };
  copies: { key: string; value: { path: string; person: string; at: number; answer: unknown } };
}

export type StoreName = 'drafts' | 'outbox' | 'copies';

let opened: Promise<IDBPDatabase<Kept> | null> | null = null;
const memory: { [S in StoreName]: Map<string, Kept[S]['value']> } = {
  drafts: new Map(),
  outbox: new Map(),
  copies: new Map(),
};

type RefusedListener = () => void;
const refusedListeners = new Set<RefusedListener>();
let isRefused = false;
/** Is storage refused or full on this device? */
export const isStorageRefused = (): boolean => isRefused;
export const onStorageRefused = (listener: RefusedListener): (() => void) => {
  refusedListeners.add(listener);
  return () => refusedListeners.delete(listener);
};

function refuse(): null {
  isRefused = true;
  for (const listener of refusedListeners) listener();
  return null;
}

function database(): Promise<IDBPDatabase<Kept> | null> {
  opened ??= (async () => {
    try {
      return await openDB<Kept>('zhuanban', 1, {
        upgrade(db) {
          db.createObjectStore('drafts', { keyPath: 'key' });
          db.createObjectStore('outbox', { keyPath: 'key' });
          db.createObjectStore('copies', { keyPath: 'path' });
        },
      });
    } catch {
      return refuse();
    }
  })();
  return opened;
}

const keyOf = (value: Kept[StoreName]['value']): string => ('path' in value ? value.path : value.key);

export async function keepOnDevice<S extends StoreName>(store: S, value: Kept[S]['value']): Promise<void> {
  (memory[store] as Map<string, Kept[S]['value']>).set(keyOf(value), value);
  const db = await database();
  if (db === null) return;
  // A full disk is told like a refused one: what is typed stays in memory.
  await db.put(store, value).catch(refuse);
}

export async function takeFromDevice<S extends StoreName>(
  store: S,
  key: string,
): Promise<Kept[S]['value'] | null> {
  const held = (memory[store] as Map<string, Kept[S]['value']>).get(key);
  if (held !== undefined) return held;
  const db = await database();
  return db === null ? null : ((await db.get(store, key).catch(refuse)) ?? null);
}

export async function listOnDevice<S extends StoreName>(store: S): Promise<Kept[S]['value'][]> {
  const db = await database();
  const stored = db === null ? null : await db.getAll(store).catch(refuse);
  return stored ?? [...(memory[store] as Map<string, Kept[S]['value']>).values()];
}

export async function dropFromDevice(store: StoreName, key: string): Promise<void> {
  memory[store].delete(key);
  const db = await database();
  if (db !== null) await db.delete(store, key).catch(refuse);
}
