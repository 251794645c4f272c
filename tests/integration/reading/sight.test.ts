// The SQL of lists and the rule who sees what say the same, over random organisations on a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, type Pool } from '../../../db/pool.ts';
import {
  findSeenRoots,
  listBelow,
  listHeld,
  listIssued,
  listOffered,
  listSeen,
  listShared,
  type ListFilter,
} from '../../../db/queries/assignment.ts';
import { listDirectives } from '../../../db/queries/directive.ts';
import { listSlips } from '../../../db/queries/slip.ts';
import type { StreamEntry } from '../../../db/queries/stream.ts';
import { relate, type Relation } from '../../../domain/access/relation.ts';
import { readsAll } from '../../../domain/access/seating.ts';
import { sightOf, sightOfAssignment } from '../../../domain/access/sight.ts';
import { audienceOf } from '../../../reading/audience.ts';
import { findDirectiveSeen, findSeenAmong, readingOf, type Viewer } from '../../../reading/gate.ts';
import { insertWorld, randomWorld, type SightWorld } from '../../support/random-sight.ts';
import { createDatabase, type TestDatabase } from '../../support/stack.ts';

const SEED = Number(process.env['ZHUANBAN_SIGHT_SEED'] ?? 20_261_130);
const WORLDS = Number(process.env['ZHUANBAN_SIGHT_WORLDS'] ?? 12);

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createDatabase();
  pool = createPool(database.url, { name: 'sight', max: 4, onError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id).sort();

/** A person in a world, and what rule and SQL say to each question. */
function seen(world: SightWorld, person: string) {
  const { directory, now, assignments, directives } = world;
  const viewer: Viewer = { directory, person, now };
  const reading = readingOf(viewer);
  const own = new Set(directives.map(({ id }) => id));
  const filter: ListFilter = {
    reading,
    phases: null,
    overdueAtMs: null,
    directive: null,
    unit: null,
    suspended: null,
    asked: null,
    sought: null,
    after: null,
    limit: 5000,
  };
  const inWorld = (rows: readonly { directive: string; id: string }[]): string[] =>
    ids(rows.filter(({ directive }) => own.has(directive)));
  const where = (fits: (relation: Relation, each: SightWorld['assignments'][number]) => boolean): string[] =>
    ids(assignments.filter((each) => fits(relate(directory, person, each.standing, now), each)));
  return { viewer, reading, own, filter, inWorld, where };
}

async function differences(world: SightWorld, person: string): Promise<Record<string, unknown>> {
  const { directory, now, assignments, directives, slips } = world;
  const { viewer, reading, own, filter, inWorld, where } = seen(world, person);
  const isAll = readsAll(directory, person, now);
  const whole = ids(
    assignments.filter(({ standing }) => sightOfAssignment(directory, person, standing, now) === 'whole'),
  );
  const said: Record<string, { rule: unknown; sql: unknown }> = {};

  const sights = directives.map(({ id, facts }) => ({ id, sight: sightOf(directory, person, facts, now) }));
  const listed = await listDirectives(pool, {
    reading,
    phase: null,
    sought: null,
    before: null,
    limit: 5000,
  });
  said['list'] = {
    rule: sights.flatMap(({ id, sight }) => (sight.kind === 'none' ? [] : [`${id} ${sight.kind}`])).sort(),
    sql: listed.flatMap(({ id, shown }) => (own.has(id) ? [`${id} ${shown}`] : [])).sort(),
  };
  for (const { id, sight } of sights) {
    const found = await findDirectiveSeen(pool, viewer, id);
    said[`gate ${id}`] = { rule: sight, sql: found?.sight ?? { kind: 'none' } };
    if (sight.kind !== 'part') continue;
    const roots = await findSeenRoots(pool, id, reading);
    const isUnder = (at: string): boolean =>
      roots.some((root) => at === root.id || (root.below && at.startsWith(`${root.id}.`)));
    said[`tree ${id}`] = {
      rule: whole.filter((at) => at.startsWith(`${id}.`)),
      sql: ids(assignments).filter((at) => at.startsWith(`${id}.`) && isUnder(at)),
    };
  }

  said['seen'] = { rule: whole, sql: inWorld(await listSeen(pool, filter)) };
  const among = await findSeenAmong(pool, viewer, ids(assignments));
  said['among'] = { rule: whole, sql: [...among].sort() };
  said['held'] = { rule: where(({ holder }) => holder), sql: inWorld(await listHeld(pool, filter)) };
  said['offered'] = { rule: where(({ target }) => target), sql: inWorld(await listOffered(pool, filter)) };
  said['issued'] = {
    rule: where(({ issuer }) => issuer),
    sql: inWorld(await listIssued(pool, { ...filter, waiting: null })),
  };
  said['below'] = {
    rule: where(({ above }) => above || isAll),
    sql: inWorld(await listBelow(pool, filter)),
  };
  said['shared'] = {
    rule: where(
      (_, { standing }) =>
        standing.shared.length > 0 &&
        relate(directory, person, { ...standing, holder: standing.shared[0] as 'unit/X' }, now).holder,
    ),
    sql: inWorld(await listShared(pool, { reading, directive: null, after: null, limit: 5000 })),
  };
  const open = { directive: null, assignment: null, color: null, open: null, before: null, limit: 5000 };
  said['slips'] = {
    rule: ids(slips.filter(({ assignment }) => whole.includes(assignment))),
    sql: inWorld(await listSlips(pool, { reading, ...open })),
  };
  return Object.fromEntries(
    Object.entries(said).filter(([, { rule, sql }]) => JSON.stringify(rule) !== JSON.stringify(sql)),
  );
}

describe(`${WORLDS} random worlds (seed ${SEED})`, () => {
  const worlds = Array.from({ length: WORLDS }, (_, index) => randomWorld(SEED + index, `w${index}`));
  beforeAll(async () => {
    for (const world of worlds) await insertWorld(pool, world);
    await pool.query('analyze');
  });

  it('have all there is to differ about', () => {
    const kinds = worlds.flatMap(({ directory, people, directives, now }) =>
      people.flatMap((person) =>
        directives.map(({ facts }) => JSON.stringify(sightOf(directory, person, facts, now))),
      ),
    );
    expect(new Set(kinds).size).toBe(6);
  });

  it.each(worlds.map((world, index) => [index, world] as const))(
    'answer each person of world %i alike in lists and by the rule',
    async (_, world) => {
      for (const person of world.people)
        expect([person, await differences(world, person)]).toEqual([person, {}]);
    },
    60_000,
  );

  it('tell on the stream those, and only those, whom a route would answer', async () => {
    for (const { directory, people, directives, assignments, now } of worlds) {
      const listeners = people.map((person) => ({ person }));
      const entry = (directive: string, assignment: string | null): StreamEntry =>
        ({ kind: 'event', row: { directive, assignment } }) as unknown as StreamEntry;
      const entries = [
        ...directives.map(({ id }) => entry(id, null)),
        ...assignments.map(({ id, directive }) => entry(directive, id)),
      ];
      const audience = await audienceOf(entries, { db: pool, directory, now, listeners });
      const told = entries.map((each) =>
        audience(each)
          .map(({ person }) => person)
          .sort(),
      );
      const tree = ['whole', 'part'];
      const allowed = [
        ...directives.map(({ facts }) =>
          people.filter((person) => tree.includes(sightOf(directory, person, facts, now).kind)).sort(),
        ),
        ...assignments.map(({ standing }) =>
          people.filter((person) => sightOfAssignment(directory, person, standing, now) === 'whole').sort(),
        ),
      ];
      expect(told).toEqual(allowed);
    }
  });
});
