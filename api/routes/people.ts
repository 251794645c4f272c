// People: who they are and how they sign in; what they do hangs on posts.
import { Router } from 'express';
import { z } from 'zod';
import { findPerson, listPeople, type PersonRow } from '../../db/queries/organisation-list.ts';
import { savePeople } from '../../db/queries/organisation.ts';
import { Person } from '../../domain/organisation/organisation.ts';
import type { RouteDeps } from '../deps.ts';
import { keep } from '../keep.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, readCursor, SeqCursor } from '../page.ts';
import { parseQuery } from '../parse.ts';

export const PersonItem = named(
  'PersonItem',
  z.object({
    id: z.string(),
    name: z.string(),
    unit: z.string().nullable(),
    login: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
  }),
);
export const personItem = (row: PersonRow): z.infer<typeof PersonItem> => ({
  id: row.id,
  name: row.name,
  unit: row.unit,
  login: row.login,
  phone: row.phone,
  email: row.email,
});

const Query = z.strictObject({
  ...pageQuery,
  q: z.string().min(1).max(100).optional(),
  unit: z.string().max(40).optional(),
});
const Patch = Person.omit({ id: true }).partial();

named('Person', Person);
const tag = 'organisation';
describe({
  method: 'get',
  path: '/people',
  tag,
  summary: 'People',
  query: Query,
  answer: pageSchema(PersonItem),
});
describe({ method: 'get', path: '/people/{id}', tag, summary: 'A person', answer: PersonItem });
describe({
  method: 'post',
  path: '/people',
  tag,
  summary: 'Add a person',
  status: 201,
  body: Person,
  answer: PersonItem,
});
describe({
  method: 'patch',
  path: '/people/{id}',
  tag,
  summary: 'Change a person',
  body: Patch,
  answer: PersonItem,
});

export function peopleRouter(deps: RouteDeps): Router {
  const router = Router();
  router.get('/people', async (req, res) => {
    const { limit, cursor, q, unit } = parseQuery(Query, req);
    const span = { after: readCursor(SeqCursor, cursor), limit: limit + 1 };
    const rows = await listPeople(deps.pool, { q: q ?? null, unit: unit ?? null }, span);
    res.json(pageOf(rows, limit, (row) => row.seq, personItem));
  });
  keep(router, deps, {
    path: '/people',
    Schema: Person,
    Patch,
    keyOf: (person) => person.id,
    find: findPerson,
    keptOf: personItem,
    itemOf: personItem,
    fileOf: (person) => ({ people: [person] }),
    prefix: 'people[0]',
    save: (tx, person) => savePeople(tx, [person]),
  });
  return router;
}
