// A whole district in and out: the import, all or nothing, and the export in the same form (api.md §3).
import { Router } from 'express';
import { ORGANISATION_CALLS, type InstallationEventAnswer } from '../../../contract/organisation.ts';
import { recordSecurity } from '../../../command/security/record-security.ts';
import type { Transaction } from '../../../db/pool.ts';
import { listSecurityEvents, type SecurityEventRow } from '../../../db/queries/security-event.ts';
import {
  ADMINISTRATOR_EVENTS,
  type SecurityDataOf,
  type SecurityEvent,
} from '../../../domain/audit/security-event.ts';
import {
  loadOrganisation,
  lockOrganisation,
  raiseOrganisationVersion,
  renameInstallation,
  savePeople,
  savePosts,
  saveTaskForces,
  saveUnits,
} from '../../../db/queries/organisation.ts';
import { refuseFaults } from '../../../domain/failure.ts';
import type { Millis } from '../../../domain/instant.ts';
import { organisationFaults } from '../../../domain/organisation/organisation-faults.ts';
import {
  completeFile,
  countsOf,
  planImport,
  postKey,
  type Changes,
  type ImportCounts,
  type ImportPlan,
} from '../../../domain/organisation/organisation-import.ts';
import {
  createDirectory,
  hasRole,
  type OrganisationFile,
  type Person,
  type Post,
} from '../../../domain/organisation/organisation.ts';
import { ADMINISTRATOR } from '../../../command/account/first-administrator.ts';
import { viewerOf } from '../../access/viewer.ts';
import { originOf } from '../../access/origin.ts';
import { keepAdministered } from '../../../command/account/keep-administered.ts';
import type { RouteDeps } from '../../deps.ts';
import { Refused } from '../../errors.ts';
import { once } from '../../once.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

const eventItem = ({ seq, type, actor, at, data, hash }: SecurityEventRow): InstallationEventAnswer => {
  const said = { seq, type, actor, at: at.toISOString(), data, hash };
  // As it was logged, in one of the shapes of its type; the tests hold it to that.
  return said as InstallationEventAnswer;
};

/**
 * The changes the import would make, and what the log has to tell of administrators; 422 with every fault. Under the
 * organisation's lock, or as a look ahead.
 */
async function planOf(
  tx: Transaction,
  file: OrganisationFile,
  now: Millis,
): Promise<{ plan: ImportPlan; told: SecurityEvent[] }> {
  const known = await loadOrganisation(tx);
  const whole = completeFile(file, known.file);
  const said = new Map(whole.posts.map((post) => [postKey(post), post]));
  const kept = known.file.posts.filter((post) => !said.has(postKey(post)));
  const told = await keepAdministered(
    tx,
    { before: known.file.posts, after: [...kept, ...said.values()] },
    now,
  );
  const faults = organisationFaults(whole, createDirectory(known.file, known.version));
  if (faults.length > 0) throw new Refused(refuseFaults(faults));
  return { plan: planImport(whole, known.file), told };
}

type ImportedCounts = SecurityDataOf<'organisationImported'>;

/** The log keeps how many, not who: the people are in the organisation itself. */
function importedOf({ units, people, posts, taskForces }: ImportCounts): ImportedCounts {
  const made = ({ created, changed }: ImportCounts['units']): ImportedCounts['units'] => ({
    created,
    changed,
  });
  return { units: made(units), people: made(people), posts: made(posts), taskForces: made(taskForces) };
}

const written = <T>({ created, changed }: Changes<T>): T[] => [...created, ...changed];

/** In the order of the references: units, people, task forces, posts. */
async function write(tx: Transaction, plan: ImportPlan): Promise<void> {
  const [units, people, taskForces, posts] = [
    written(plan.units),
    written(plan.people),
    written(plan.taskForces),
    written(plan.posts),
  ];
  if (units.length > 0) await saveUnits(tx, units);
  if (people.length > 0) await savePeople(tx, people);
  if (taskForces.length > 0) await saveTaskForces(tx, taskForces);
  if (posts.length > 0) await savePosts(tx, posts);
  if (units.length + people.length + taskForces.length + posts.length > 0) await raiseOrganisationVersion(tx);
}

/** The first account belongs to the installation, not to the district: every installation has its own. */
function districtOf(file: OrganisationFile): OrganisationFile {
  const isBuiltIn = (post: Post): boolean => post.person === ADMINISTRATOR && post.role === 'administrator';
  return {
    ...file,
    people: file.people
      .filter((person) => person.id !== ADMINISTRATOR)
      .map(({ login, ...person }): Person => (login === person.id ? person : { ...person, login })),
    posts: file.posts.filter((post) => !isBuiltIn(post)),
  };
}

/** For readers who do not keep the organisation. What is left out stays as it is, should the file be brought in again. */
const withoutContacts = (file: OrganisationFile): OrganisationFile => ({
  ...file,
  people: file.people.map(({ phone: _, email: __, ...person }): Person => person),
});

export function organisationRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  serve(router, ORGANISATION_CALLS.import, async ({ req, query: { dryRun = false }, body }) => {
    const file = body();
    const work = async (tx: Transaction): Promise<{ status: number; kept: ImportCounts }> => {
      if (!dryRun) await lockOrganisation(tx);
      const { plan, told } = await planOf(tx, file, deps.now());
      const counts = countsOf(plan);
      if (!dryRun) {
        await write(tx, plan);
        if (file.name !== undefined) await renameInstallation(tx, file.name);
        const origin = originOf(req);
        const imported = { type: 'organisationImported', data: importedOf(counts) } as const;
        await recordSecurity(tx, ...[...told, imported].map((event) => ({ ...origin, ...event })));
      }
      return { status: 200, kept: counts };
    };
    return once(pool, req, { work, present: (_db, counts) => Promise.resolve(counts) });
  });

  serve(router, ORGANISATION_CALLS.events, async ({ query: { limit, cursor } }) => {
    const after = readCursor(SeqCursor, cursor) ?? 0;
    const rows = await listSecurityEvents(pool, { after, limit: limit + 1, types: ADMINISTRATOR_EVENTS });
    return pageOf(rows, limit, (row) => row.seq, eventItem);
  });

  serve(router, ORGANISATION_CALLS.export, async ({ req }) => {
    const { directory, person, now } = await viewerOf(deps, req);
    const { file } = await loadOrganisation(pool);
    const isKeeper = hasRole(directory, person, 'administrator', now);
    return isKeeper ? districtOf(file) : withoutContacts(districtOf(file));
  });
  return router;
}
