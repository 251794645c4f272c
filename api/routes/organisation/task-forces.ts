// Task forces: their office, lead unit, members, their end, and the posts of their own.
import { Router } from 'express';
import { TASK_FORCE_CALLS } from '../../../contract/task-forces.ts';
import { findTaskForce, listTaskForces, type TaskForceRow } from '../../../db/queries/organisation-list.ts';
import { savePosts, saveTaskForces } from '../../../db/queries/organisation.ts';
import type { TaskForce } from '../../../domain/organisation/organisation.ts';
import type { RouteDeps } from '../../deps.ts';
import { keeperOf } from '../../keep.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

const taskForceItem = (row: TaskForceRow): TaskForce => ({
  code: row.code,
  name: row.name,
  office: row.office,
  leadUnit: row.leadUnit,
  members: row.members,
  established: row.established,
  sunset: row.sunset,
  posts: row.posts,
});

export function taskForcesRouter(deps: RouteDeps): Router {
  const router = Router();
  const taskForces = keeperOf<TaskForce, TaskForceRow, TaskForce>(deps, {
    keyOf: (force) => force.code,
    find: findTaskForce,
    keptOf: taskForceItem,
    itemOf: taskForceItem,
    fileOf: (force) => ({ taskForces: [force] }),
    prefix: 'taskForces[0]',
    toldOf: (taskForce, fields, isNew) => ({
      type: isNew ? 'taskForceAdded' : 'taskForceChanged',
      data: { taskForce, fields },
    }),
    change: TASK_FORCE_CALLS.change,
    save: async (tx, force, isNew) => {
      await saveTaskForces(tx, [force]);
      if (isNew)
        await savePosts(
          tx,
          force.posts.map((post) => ({ ...post, taskForce: force.code })),
        );
    },
  });

  serve(router, TASK_FORCE_CALLS.list, async ({ query: { limit, cursor, q } }) => {
    const span = { after: readCursor(SeqCursor, cursor), limit: limit + 1 };
    const rows = await listTaskForces(deps.pool, { q: q ?? null }, span);
    return pageOf(rows, limit, ({ seq }) => seq, taskForceItem);
  });
  serve(router, TASK_FORCE_CALLS.read, ({ params }) => taskForces.read(params.code));
  serve(router, TASK_FORCE_CALLS.add, ({ req, body }) => taskForces.add(req, body));
  serve(router, TASK_FORCE_CALLS.change, ({ req, params, body }) =>
    taskForces.change(req, params.code, body),
  );
  return router;
}
