// A whole district in and out: the import, all or nothing, and the export in the same form (api.md §3).
import { Router } from 'express';
import { ORGANISATION_CALLS, type InstallationEventAnswer } from '../../../contract/organisation.ts';
import type { Transaction } from '../../../db/pool.ts';
import { listInstallationEvents, type InstallationEventRow } from '../../../db/queries/installation-log.ts';
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
import { readsEverything } from '../../../reading/gate.ts';
import { refuseFaults } from '../../../domain/failure.ts';
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
  servesOffice,
  type OrganisationFile,
  type Person,
  type Post,
} from '../../../domain/organisation/organisation.ts';
import { ADMINISTRATOR, demandAdministrator } from '../../access/administrator.ts';
import { actorOf } from '../../access/authenticate.ts';
import { viewerOf } from '../../access/directive-access.ts';
import { keepAdministered } from '../../access/keep-administered.ts';
import type { RouteDeps } from '../../deps.ts';
import { forbidden, Refused } from '../../errors.ts';
import { once } from '../../once.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

const eventItem = ({ at, ...row }: InstallationEventRow): InstallationEventAnswer => ({
  ...row,
  at: at.toISOString(),
});

/** The changes the import would make; 422 with every fault. Under the organisation's lock, or as a look ahead. */
async function planOf(
  tx: Transaction,
  file: OrganisationFile,
  by: Parameters<typeof keepAdministered>[2],
): Promise<ImportPlan> {
  const known = await loadOrganisation(tx);
  const whole = completeFile(file, known.file);
  const said = new Map(whole.posts.map((post) => [postKey(post), post]));
  const kept = known.file.posts.filter((post) => !said.has(postKey(post)));
  await keepAdministered(tx, { before: known.file.posts, after: [...kept, ...said.values()] }, by);
  const faults = organisationFaults(whole, createDirectory(known.file, known.version));
  if (faults.length > 0) throw new Refused(refuseFaults(faults));
  return planImport(whole, known.file);
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

/** For whoever does not keep the organisation. What is left out stays as it is, should the file be brought in again. */
const withoutContacts = (file: OrganisationFile): OrganisationFile => ({
  ...file,
  people: file.people.map(({ phone: _, email: __, ...person }): Person => person),
});

export function organisationRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  serve(router, ORGANISATION_CALLS.import, async ({ req, query: { dryRun = false }, body }) => {
    await demandAdministrator(deps, req);
    const file = body();
    const work = async (tx: Transaction): Promise<{ status: number; kept: ImportCounts }> => {
      if (!dryRun) await lockOrganisation(tx);
      const by = { actor: actorOf(req).person, now: deps.now(), isKept: !dryRun };
      const plan = await planOf(tx, file, by);
      if (!dryRun) {
        await write(tx, plan);
        if (file.name !== undefined) await renameInstallation(tx, file.name);
      }
      return { status: 200, kept: countsOf(plan) };
    };
    return once(pool, req, { work, present: (_db, counts) => Promise.resolve(counts) });
  });

  serve(router, ORGANISATION_CALLS.events, async ({ req, query: { limit, cursor } }) => {
    if (!readsEverything(await viewerOf(deps, req))) throw forbidden();
    const rows = await listInstallationEvents(pool, readCursor(SeqCursor, cursor), limit + 1);
    return pageOf(rows, limit, (row) => row.seq, eventItem);
  });

  serve(router, ORGANISATION_CALLS.export, async ({ req }) => {
    const viewer = await viewerOf(deps, req);
    const { directory, person, now } = viewer;
    if (!readsEverything(viewer) && !servesOffice(directory, person, now)) throw forbidden();
    const { file } = await loadOrganisation(pool);
    const isKeeper = hasRole(directory, person, 'administrator', now);
    return isKeeper ? districtOf(file) : withoutContacts(districtOf(file));
  });
  return router;
}
