// The common manner of units, people and task forces: read by all, kept by administrators, checked as an import of one.
import type { Request } from 'express';
import { recordSecurity } from '../command/security/record-security.ts';
import { inTransaction, type Db, type Transaction } from '../db/pool.ts';
import { lockOrganisation, raiseOrganisationVersion } from '../db/queries/organisation.ts';
import type { SecurityEvent } from '../domain/audit/security-event.ts';
import { refuseFaults } from '../domain/failure.ts';
import { organisationFaults } from '../domain/organisation/organisation-faults.ts';
import type { Directory, OrganisationFile } from '../domain/organisation/organisation.ts';
import { originOf } from './access/origin.ts';
import { demandRight, grantsOf, type NamedCall } from './access/right.ts';
import type { RouteDeps } from './deps.ts';
import { Refused, refused } from './errors.ts';
import { once } from './once.ts';
import type { Reply } from './reply.ts';

const EMPTY: OrganisationFile = { units: [], people: [], posts: [], taskForces: [] };

/** The organisation as it is, with every other writer waiting; to be asked before anything is written. */
export async function openOrganisation(deps: RouteDeps, tx: Transaction): Promise<Directory> {
  await lockOrganisation(tx);
  return deps.directory.current(tx);
}

/** 422 with paths as the caller wrote them: `parent`, not `units[0].parent`. */
export function demandSound(file: Partial<OrganisationFile>, directory: Directory, prefix: string): void {
  const faults = organisationFaults({ ...EMPTY, ...file }, directory);
  if (faults.length === 0) return;
  throw new Refused(
    refuseFaults(
      faults.map((fault) => ({ ...fault, path: fault.path.replace(prefix, '').replace(/^\./, '') })),
    ),
  );
}

/** One kind of thing kept: `Row` as stored, `Kept` as the domain says it, `Item` as it is answered. */
type Keeping<Kept extends object, Row extends object, Item> = {
  keyOf: (kept: Kept) => string;
  find: (db: Db, key: string) => Promise<Row | null>;
  keptOf: (row: Row) => Kept;
  itemOf: (row: Row) => Item;
  /** As an import of one, and how its faults' paths begin. */
  fileOf: (kept: Kept) => Partial<OrganisationFile>;
  prefix: string;
  save: (tx: Transaction, kept: Kept, isNew: boolean) => Promise<void>;
  /** What the installation's log tells of one that was added or changed, and the fields given. */
  toldOf: (key: string, fields: string[], isNew: boolean) => SecurityEvent;
  /** The call that changes one. */
  change: NamedCall;
};

/** A field left out of a change is absent, not `undefined`. */
type Change<Kept> = { [K in keyof Kept]?: Kept[K] | undefined };

type OrganisationKeeper<Kept, Item> = {
  read: (key: string) => Promise<Item>;
  add: (req: Request, body: () => Kept) => Promise<Reply<Item>>;
  change: (req: Request, key: string, body: () => Change<Kept>) => Promise<Item>;
};

export function keeperOf<Kept extends object, Row extends object, Item>(
  deps: RouteDeps,
  keeping: Keeping<Kept, Row, Item>,
): OrganisationKeeper<Kept, Item> {
  const { pool } = deps;
  const { find, itemOf } = keeping;

  const present = async (db: Db, key: string): Promise<Item> => {
    const row = await find(db, key);
    if (row === null) throw refused('NOT_FOUND');
    return itemOf(row);
  };

  return {
    read: (key) => present(pool, key),

    add: async (req, body) => {
      const wanted = body();
      const key = keeping.keyOf(wanted);
      const work = async (tx: Transaction): Promise<{ status: number; kept: string }> => {
        const directory = await openOrganisation(deps, tx);
        if ((await find(tx, key)) !== null) throw refused('DUPLICATE', { params: { value: key } });
        demandSound(keeping.fileOf(wanted), directory, keeping.prefix);
        await keeping.save(tx, wanted, true);
        await raiseOrganisationVersion(tx);
        await recordSecurity(tx, { ...originOf(req), ...keeping.toldOf(key, Object.keys(wanted), true) });
        return { status: 201, kept: key };
      };
      return once(pool, req, { work, present });
    },

    change: async (req, key, body) => {
      await present(pool, key);
      demandRight(keeping.change, await grantsOf(deps, req));
      const wanted = body();
      await inTransaction(pool, async (tx) => {
        const directory = await openOrganisation(deps, tx);
        const row = await find(tx, key);
        if (row === null) throw refused('NOT_FOUND');
        const changed: Kept = { ...keeping.keptOf(row), ...wanted };
        demandSound(keeping.fileOf(changed), directory, keeping.prefix);
        await keeping.save(tx, changed, false);
        await raiseOrganisationVersion(tx);
        await recordSecurity(tx, { ...originOf(req), ...keeping.toldOf(key, Object.keys(wanted), false) });
      });
      return present(pool, key);
    },
  };
}
