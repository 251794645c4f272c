// Task forces: their office, lead unit, members, their end, and the posts of their own.
import { Router } from 'express';
import { z } from 'zod';
import { findTaskForce, listTaskForces, type TaskForceRow } from '../../db/queries/organisation-list.ts';
import { savePosts, saveTaskForces } from '../../db/queries/organisation.ts';
import { Code } from '../../domain/code.ts';
import { TaskForce } from '../../domain/organisation/organisation.ts';
import type { RouteDeps } from '../deps.ts';
import { keep } from '../keep.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, readCursor, SeqCursor } from '../page.ts';
import { parseQuery } from '../parse.ts';

named('TaskForce', TaskForce);
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

const Query = z.strictObject({ ...pageQuery, q: z.string().min(1).max(100).optional() });
/** Members anew without their default: left out they stay. Posts are changed under /posts. */
const Patch = TaskForce.omit({ code: true, posts: true, members: true })
  .partial()
  .extend({ members: z.array(Code).max(2000).optional() });

const tag = 'organisation';
describe({
  method: 'get',
  path: '/task-forces',
  tag,
  summary: 'Task forces',
  query: Query,
  answer: pageSchema(TaskForce),
});
describe({ method: 'get', path: '/task-forces/{code}', tag, summary: 'A task force', answer: TaskForce });
describe({
  method: 'post',
  path: '/task-forces',
  tag,
  summary: 'Set up a task force',
  status: 201,
  body: TaskForce,
  answer: TaskForce,
});
describe({
  method: 'patch',
  path: '/task-forces/{code}',
  tag,
  summary: 'Change a task force',
  body: Patch,
  answer: TaskForce,
});

export function taskForcesRouter(deps: RouteDeps): Router {
  const router = Router();
  router.get('/task-forces', async (req, res) => {
    const { limit, cursor, q } = parseQuery(Query, req);
    const span = { after: readCursor(SeqCursor, cursor), limit: limit + 1 };
    const rows = await listTaskForces(deps.pool, { q: q ?? null }, span);
    res.json(pageOf(rows, limit, (row) => row.seq, taskForceItem));
  });
  keep<TaskForce, TaskForceRow>(router, deps, {
    path: '/task-forces',
    Schema: TaskForce,
    Patch,
    keyOf: (force) => force.code,
    find: findTaskForce,
    keptOf: taskForceItem,
    itemOf: taskForceItem,
    fileOf: (force) => ({ taskForces: [force] }),
    prefix: 'taskForces[0]',
    save: async (tx, force, isNew) => {
      await saveTaskForces(tx, [force]);
      if (isNew)
        await savePosts(
          tx,
          force.posts.map((post) => ({ ...post, taskForce: force.code })),
        );
    },
  });
  return router;
}
