// A district of any size, directives for it, and its communities reporting over HTTP: the play in which fault tests
// break things.
import { randomBytes } from 'node:crypto';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Caller, Reply } from './installation.ts';

/** Holds every post, so that one caller can play the whole district. */
export const EVERYBODY = 'P';

/** Each leaf reports another number: one that is lost, or counted twice, shows in the total. */
export type Leaf = { id: string; n: number };
export type District = {
  organisation: unknown;
  /** Assignments of a directive: those of the communities, and those of task force and streets above them. */
  leavesOf: (id: string) => Leaf[];
  nodesOf: (id: string) => string[];
  total: number;
};

/** One task force, `TF`; streets S1, S2 … with so many communities each: S1-1, S1-2 …; and two grids below each of these. */
export function createDistrict(communities: readonly number[]): District {
  const streets = communities.map((count, s) => ({
    code: `S${s + 1}`,
    communities: Array.from({ length: count }, (_, c) => `S${s + 1}-${c + 1}`),
  }));
  const all = streets.flatMap((street) => street.communities);
  const grids = all.flatMap((parent) => ['1', '2'].map((g) => ({ code: `${parent}-${g}`, parent })));
  return {
    organisation: {
      units: [
        { code: 'OFFICE', name: '区办公室', kind: 'office' },
        ...streets.flatMap((street) => [
          { code: street.code, name: `${street.code}街道`, kind: 'street' },
          ...street.communities.map((code) => ({
            code,
            name: `${code}社区`,
            kind: 'community',
            parent: street.code,
          })),
        ]),
        ...grids.map((unit) => ({ ...unit, name: `${unit.code}网格`, kind: 'grid' })),
      ],
      people: [{ id: EVERYBODY, name: '众' }],
      taskForces: [
        { code: 'TF', name: '志愿专班', office: 'OFFICE', members: streets.map(({ code }) => code) },
      ],
      posts: [
        { unit: 'OFFICE', role: 'staff', person: EVERYBODY },
        { taskForce: 'TF', role: 'liaisonA', person: EVERYBODY },
        ...[...streets, ...grids]
          .map(({ code }) => code)
          .concat(all)
          .map((unit) => ({
            unit,
            role: 'liaisonA',
            person: EVERYBODY,
          })),
      ],
    },
    leavesOf: (id) => {
      const ids = streets.flatMap((street) =>
        street.communities.map((code) => `${id}.sites.TF.${street.code}.${code}`),
      );
      return ids.map((leaf, index) => ({ id: leaf, n: index + 1 }));
    },
    nodesOf: (id) => [`${id}.sites.TF`, ...streets.map(({ code }) => `${id}.sites.TF.${code}`)],
    total: (all.length * (all.length + 1)) / 2,
  };
}

/**
 * At a desk limit of 5 the streets are sections of the task force's desk, at 3 the first has a desk of its own beside
 * the other's rows, at 2 there are sections within sections.
 */
export const SMALL = createDistrict([3, 1]);

/** No time for corrections, so that every desk ends with the directive. */
const SWIFT: Partial<Policy> = { correctionsFor: 'PT0S' };

export type Terms = { policy?: Partial<Policy>; within?: string; review?: 'auto' | 'manual' };

/** Due in an hour; every report passes by itself, unless the test says otherwise. */
export function directive(id: string, terms: Terms = {}): Record<string, unknown> {
  const field = {
    key: 'n',
    label: '数',
    type: 'integer',
    required: true,
    aggregate: 'sum',
    timeAxis: 'snapshot',
  };
  return {
    id,
    number: `L-${randomBytes(6).toString('hex')}`,
    title: '志愿者站点',
    calendar: 'always',
    due: { within: terms.within ?? 'PT1H' },
    policy: { ...SWIFT, ...terms.policy },
    items: [
      {
        key: 'sites',
        title: '站点',
        review: terms.review ?? 'auto',
        form: { fields: [field] },
        dispatch: [{ taskForce: 'TF', receivers: { group: 'street', receivers: 'children' } }],
      },
    ],
  };
}

/** Issues a directive and does not wait for it. */
export async function handOut(caller: Caller, id: string, terms: Terms = {}): Promise<void> {
  const { status, body } = await caller.post('/directives', directive(id, terms));
  if (status !== 201) throw new Error(JSON.stringify(body));
}

export const report = (caller: Caller, leaf: Leaf): Promise<Reply> =>
  caller.post(`/assignments/${leaf.id}/submit`, { values: { n: leaf.n } });

/** Its phase, and its total. */
export async function outcome(caller: Caller, id: string): Promise<{ phase: string; n: unknown }> {
  const [whole, merged] = await Promise.all([
    caller.get(`/directives/${id}`),
    caller.get(`/directives/${id}/summary`),
  ]);
  const { phase } = whole.body as { phase: string };
  const { items } = merged.body as { items: { values: { n?: unknown } }[] };
  return { phase, n: items[0]?.values.n ?? null };
}

export const rung = (after: string): Policy['ladder'][number] => ({
  clock: 'acknowledge',
  after,
  notify: ['unit.liaisonA'],
});
