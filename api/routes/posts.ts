// Posts: who holds which seat, where, from when to when. Posts act, people occupy them.
import { Router } from 'express';
import { z } from 'zod';
import { inTransaction, type Db, type Transaction } from '../../db/pool.ts';
import {
  findPost,
  insertPost,
  listInstallationPosts,
  listPosts,
  updatePost,
  type PostRow,
} from '../../db/queries/organisation-list.ts';
import { raiseOrganisationVersion } from '../../db/queries/organisation.ts';
import { Code } from '../../domain/code.ts';
import { Post } from '../../domain/organisation/organisation.ts';
import { demandAdministrator } from '../access/administrator.ts';
import { actorOf } from '../access/authenticate.ts';
import { keepAdministered } from '../access/keep-administered.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { demandSound, openOrganisation } from '../keep.ts';
import { once } from '../once.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, readCursor, SeqCursor } from '../page.ts';
import { param, parseDocument, parseQuery } from '../parse.ts';

export const PostItem = named(
  'PostItem',
  z.object({
    id: z.string(),
    unit: z.string().nullable(),
    taskForce: z.string().nullable(),
    role: z.string(),
    person: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
  }),
);
export const postItem = (row: PostRow): z.infer<typeof PostItem> => ({
  id: row.id,
  unit: row.unit,
  taskForce: row.taskForce,
  role: row.role,
  person: row.person,
  from: row.from,
  to: row.to,
});

const Query = z.strictObject({
  ...pageQuery,
  unit: z.string().max(40).optional(),
  taskForce: z.string().max(40).optional(),
  person: z.string().max(40).optional(),
});
/** A place may also be taken away by null. */
const Patch = Post.partial().extend({ unit: Code.nullish(), taskForce: Code.nullish() });

named('Post', Post);
const tag = 'organisation';
describe({
  method: 'get',
  path: '/posts',
  tag,
  summary: 'Posts',
  query: Query,
  answer: pageSchema(PostItem),
});
describe({ method: 'get', path: '/posts/{id}', tag, summary: 'A post', answer: PostItem });
describe({
  method: 'post',
  path: '/posts',
  tag,
  summary: 'Fill a post',
  status: 201,
  body: Post,
  answer: PostItem,
});
describe({
  method: 'patch',
  path: '/posts/{id}',
  tag,
  summary: 'Change a post',
  body: Patch,
  answer: PostItem,
});

type PostValues = Omit<PostRow, 'seq' | 'id'>;

const valuesOf = (post: z.infer<typeof Patch> & Pick<Post, 'role' | 'person'>): PostValues => ({
  unit: post.unit ?? null,
  taskForce: post.taskForce ?? null,
  role: post.role,
  person: post.person,
  from: post.from ?? null,
  to: post.to ?? null,
});

const postOf = ({ unit, taskForce, ...rest }: PostValues): Post => ({
  ...rest,
  ...(unit === null ? {} : { unit }),
  ...(taskForce === null ? {} : { taskForce }),
});

async function present(db: Db, id: string): Promise<PostRow> {
  const row = await findPost(db, id);
  if (row === null) throw refused('NOT_FOUND');
  return row;
}

export function postsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  router.get('/posts', async (req, res) => {
    const { limit, cursor, unit, taskForce, person } = parseQuery(Query, req);
    const filter = { unit: unit ?? null, taskForce: taskForce ?? null, person: person ?? null };
    const rows = await listPosts(pool, filter, { after: readCursor(SeqCursor, cursor), limit: limit + 1 });
    res.json(pageOf(rows, limit, (row) => row.seq, postItem));
  });

  router.get('/posts/:id', async (req, res) => {
    res.json(postItem(await present(pool, param(req, 'id'))));
  });

  router.post('/posts', json(), async (req, res) => {
    const wanted = parseDocument(Post, req.body);
    await demandAdministrator(deps, req);
    const work = async (tx: Transaction): Promise<{ status: number; kept: string }> => {
      const directory = await openOrganisation(deps, tx);
      const before = (await listInstallationPosts(tx)).map(postOf);
      const by = { actor: actorOf(req).person, now: deps.now(), isKept: true };
      await keepAdministered(tx, { before, after: [...before, wanted] }, by);
      demandSound({ posts: [wanted] }, directory, 'posts[0]');
      const id = await insertPost(tx, valuesOf(wanted));
      if (id === null) throw refused('DUPLICATE', { params: { value: wanted.person } });
      await raiseOrganisationVersion(tx);
      return { status: 201, kept: id };
    };
    const { status, body } = await once(pool, req, {
      work,
      present: async (db, id) => postItem(await present(db, id)),
    });
    res.status(status).json(body);
  });

  router.patch('/posts/:id', json(), async (req, res) => {
    const wanted = parseDocument(Patch, req.body);
    const id = param(req, 'id');
    await present(pool, id);
    await demandAdministrator(deps, req);
    await inTransaction(pool, async (tx) => {
      const directory = await openOrganisation(deps, tx);
      const row = await present(tx, id);
      const { role = row.role, person = row.person } = wanted;
      const changed = valuesOf({ ...row, ...wanted, role, person });
      const known = await listInstallationPosts(tx);
      const after = [...known.filter((each) => each.id !== id).map(postOf), postOf(changed)];
      const by = { actor: actorOf(req).person, now: deps.now(), isKept: true };
      await keepAdministered(tx, { before: known.map(postOf), after }, by);
      demandSound({ posts: [postOf(changed)] }, directory, 'posts[0]');
      if (!(await updatePost(tx, id, changed)))
        throw refused('DUPLICATE', { params: { value: changed.person } });
      await raiseOrganisationVersion(tx);
    });
    res.json(postItem(await present(pool, id)));
  });
  return router;
}
