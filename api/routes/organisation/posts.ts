// Posts: the holder of each seat, its unit, and its first and last moment. Posts act, people occupy them.
import { Router } from 'express';
import type { z } from 'zod';
import { POST_CALLS } from '../../../contract/posts.ts';
import { recordSecurity } from '../../../command/security/record-security.ts';
import { inTransaction, type Db, type Transaction } from '../../../db/pool.ts';
import {
  findPost,
  insertPost,
  listInstallationPosts,
  listPosts,
  updatePost,
  type PostRow,
} from '../../../db/queries/organisation-list.ts';
import { raiseOrganisationVersion } from '../../../db/queries/organisation.ts';
import type { SecurityDataOf } from '../../../domain/audit/security-event.ts';
import type { Post } from '../../../domain/organisation/organisation.ts';
import { originOf } from '../../access/origin.ts';
import { keepAdministered } from '../../../command/account/keep-administered.ts';
import { demandRight, grantsOf } from '../../access/right.ts';
import type { RouteDeps } from '../../deps.ts';
import { refused } from '../../errors.ts';
import { demandSound, openOrganisation } from '../../keep.ts';
import { once } from '../../once.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';
import { postItem } from '../../views/organisation-view.ts';

const seatItem = (row: PostRow): SecurityDataOf<'postChanged'>['after'] => {
  const { id: post, ...seat } = postItem(row);
  return { post, ...seat };
};

type PostChange = z.output<(typeof POST_CALLS)['change']['body']>;
type PostValues = Omit<PostRow, 'seq' | 'id'>;

const valuesOf = (post: PostChange & Pick<Post, 'role' | 'person'>): PostValues => ({
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

  serve(router, POST_CALLS.list, async ({ query: { limit, cursor, unit, taskForce, person } }) => {
    const filter = { unit: unit ?? null, taskForce: taskForce ?? null, person: person ?? null };
    const rows = await listPosts(pool, filter, { after: readCursor(SeqCursor, cursor), limit: limit + 1 });
    return pageOf(rows, limit, ({ seq }) => seq, postItem);
  });

  serve(router, POST_CALLS.read, async ({ params }) => postItem(await present(pool, params.id)));

  serve(router, POST_CALLS.add, async ({ req, body }) => {
    const wanted = body();
    const work = async (tx: Transaction): Promise<{ status: number; kept: string }> => {
      const directory = await openOrganisation(deps, tx);
      const before = (await listInstallationPosts(tx)).map(postOf);
      const told = await keepAdministered(tx, { before, after: [...before, wanted] }, deps.now());
      demandSound({ posts: [wanted] }, directory, 'posts[0]');
      const values = valuesOf(wanted);
      const id = await insertPost(tx, values);
      if (id === null) throw refused('DUPLICATE', { params: { value: wanted.person } });
      await raiseOrganisationVersion(tx);
      const added = { type: 'postAdded', data: { post: id, ...values } } as const;
      await recordSecurity(tx, ...[added, ...told].map((event) => ({ ...originOf(req), ...event })));
      return { status: 201, kept: id };
    };
    return once(pool, req, { work, present: async (db, id) => postItem(await present(db, id)) });
  });

  serve(router, POST_CALLS.change, async ({ req, params: { id }, body }) => {
    await present(pool, id);
    demandRight(POST_CALLS.change, await grantsOf(deps, req));
    const wanted = body();
    await inTransaction(pool, async (tx) => {
      const directory = await openOrganisation(deps, tx);
      const row = await present(tx, id);
      const { role = row.role, person = row.person } = wanted;
      const changed = valuesOf({ ...row, ...wanted, role, person });
      const known = await listInstallationPosts(tx);
      const after = [...known.filter((each) => each.id !== id).map(postOf), postOf(changed)];
      const told = await keepAdministered(tx, { before: known.map(postOf), after }, deps.now());
      demandSound({ posts: [postOf(changed)] }, directory, 'posts[0]');
      if (!(await updatePost(tx, id, changed)))
        throw refused('DUPLICATE', { params: { value: changed.person } });
      await raiseOrganisationVersion(tx);
      const data = { before: seatItem(row), after: seatItem({ ...row, ...changed }) };
      const events = [{ type: 'postChanged', data } as const, ...told];
      await recordSecurity(tx, ...events.map((event) => ({ ...originOf(req), ...event })));
    });
    return postItem(await present(pool, id));
  });
  return router;
}
