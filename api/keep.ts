// What units, people and task forces have in common: read by all, kept by administrators, checked as an import of one.
import type { Router } from 'express';
import type { z } from 'zod';
import { inTransaction, type Db, type Transaction } from '../db/pool.ts';
import { lockOrganisation, raiseOrganisationVersion } from '../db/queries/organisation.ts';
import { refuseFaults } from '../domain/failure.ts';
import { organisationFaults } from '../domain/organisation/organisation-faults.ts';
import type { Directory, OrganisationFile } from '../domain/organisation/organisation.ts';
import { demandAdministrator } from './access/administrator.ts';
import { json } from './body.ts';
import type { RouteDeps } from './deps.ts';
import { Refused, refused } from './errors.ts';
import { once } from './once.ts';
import { param, parseDocument } from './parse.ts';

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

/** One kind of thing kept: `Row` as stored, `Kept` as the domain says it. */
export type Keeping<Kept extends object, Row extends object> = {
  path: string;
  Schema: z.ZodType<Kept>;
  /** What is left out is not there at all, not `undefined`. */
  Patch: z.ZodType<{ [K in keyof Kept]?: Kept[K] | undefined }>;
  keyOf: (kept: Kept) => string;
  find: (db: Db, key: string) => Promise<Row | null>;
  keptOf: (row: Row) => Kept;
  itemOf: (row: Row) => unknown;
  /** As an import of one, and how its faults' paths begin. */
  fileOf: (kept: Kept) => Partial<OrganisationFile>;
  prefix: string;
  save: (tx: Transaction, kept: Kept, isNew: boolean) => Promise<void>;
};

export function keep<Kept extends object, Row extends object>(
  router: Router,
  deps: RouteDeps,
  keeping: Keeping<Kept, Row>,
): void {
  const { pool } = deps;
  const { path, find, itemOf } = keeping;

  const present = async (db: Db, key: string): Promise<unknown> => {
    const row = await find(db, key);
    if (row === null) throw refused('NOT_FOUND');
    return itemOf(row);
  };

  router.get(`${path}/:key`, async (req, res) => {
    res.json(await present(pool, param(req, 'key')));
  });

  router.post(path, json(), async (req, res) => {
    const wanted = parseDocument(keeping.Schema, req.body);
    await demandAdministrator(deps, req);
    const key = keeping.keyOf(wanted);
    const work = async (tx: Transaction): Promise<{ status: number; kept: string }> => {
      const directory = await openOrganisation(deps, tx);
      if ((await find(tx, key)) !== null) throw refused('DUPLICATE', { params: { value: key } });
      demandSound(keeping.fileOf(wanted), directory, keeping.prefix);
      await keeping.save(tx, wanted, true);
      await raiseOrganisationVersion(tx);
      return { status: 201, kept: key };
    };
    const { status, body } = await once(pool, req, { work, present });
    res.status(status).json(body);
  });

  router.patch(`${path}/:key`, json(), async (req, res) => {
    const wanted = parseDocument(keeping.Patch, req.body);
    const key = param(req, 'key');
    await present(pool, key);
    await demandAdministrator(deps, req);
    await inTransaction(pool, async (tx) => {
      const directory = await openOrganisation(deps, tx);
      const row = await find(tx, key);
      if (row === null) throw refused('NOT_FOUND');
      const changed: Kept = { ...keeping.keptOf(row), ...wanted };
      demandSound(keeping.fileOf(changed), directory, keeping.prefix);
      await keeping.save(tx, changed, false);
      await raiseOrganisationVersion(tx);
    });
    res.json(await present(pool, key));
  });
}
