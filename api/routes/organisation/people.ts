// People: their names and sign-ins; their powers hang on posts.
import { Router } from 'express';
import { PEOPLE_CALLS, type PersonAnswer } from '../../../contract/people.ts';
import { findPerson, listPeople, type PersonRow } from '../../../db/queries/organisation-list.ts';
import { savePeople } from '../../../db/queries/organisation.ts';
import type { Person } from '../../../domain/organisation/organisation.ts';
import { seenPeople } from '../../../reading/contacts.ts';
import { viewerOf } from '../../access/viewer.ts';
import type { RouteDeps } from '../../deps.ts';
import { keeperOf } from '../../keep.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';
import { personItem } from '../../views/organisation-view.ts';

export function peopleRouter(deps: RouteDeps): Router {
  const router = Router();
  const people = keeperOf<Person, PersonRow, PersonAnswer>(deps, {
    keyOf: (person) => person.id,
    find: findPerson,
    keptOf: personItem,
    itemOf: personItem,
    fileOf: (person) => ({ people: [person] }),
    prefix: 'people[0]',
    toldOf: (person, fields, isNew) => ({
      type: isNew ? 'personAdded' : 'personChanged',
      data: { person, fields },
    }),
    change: PEOPLE_CALLS.change,
    save: (tx, person) => savePeople(tx, [person]),
  });

  serve(router, PEOPLE_CALLS.list, async ({ req, query: { limit, cursor, q, unit } }) => {
    const span = { after: readCursor(SeqCursor, cursor), limit: limit + 1 };
    const rows = await listPeople(deps.pool, { q: q ?? null, unit: unit ?? null }, span);
    const seen = await seenPeople(deps.pool, await viewerOf(deps, req), rows);
    return pageOf(seen, limit, ({ seq }) => seq, personItem);
  });
  serve(router, PEOPLE_CALLS.read, async ({ req, params }) => {
    const person = await people.read(params.id);
    const [seen = person] = await seenPeople(deps.pool, await viewerOf(deps, req), [person]);
    return seen;
  });
  serve(router, PEOPLE_CALLS.add, ({ req, body }) => people.add(req, body));
  serve(router, PEOPLE_CALLS.change, ({ req, params, body }) => people.change(req, params.id, body));
  return router;
}
