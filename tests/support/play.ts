// A small district, directives for it, and its four communities reporting over HTTP: what fault tests let go wrong.
import { randomBytes } from 'node:crypto';
import type { Policy } from '../../domain/policy.ts';
import type { Caller, Reply } from './installation.ts';

/** Sits everywhere, so that one caller can play the whole district. */
export const EVERYBODY = 'P';

const STREETS: Readonly<Record<string, readonly string[]>> = { DD: ['DD-1', 'DD-2', 'DD-3'], XH: ['XH-1'] };
const COMMUNITIES = Object.values(STREETS).flat();

export const DISTRICT = {
  units: [
    { code: 'OFFICE', name: '区办公室', kind: 'office' },
    ...Object.entries(STREETS).flatMap(([street, communities]) => [
      { code: street, name: `${street}街道`, kind: 'street' },
      ...communities.map((code) => ({ code, name: `${code}社区`, kind: 'community', parent: street })),
    ]),
  ],
  people: [{ id: EVERYBODY, name: '众' }],
  taskForces: [{ code: 'TF', name: '志愿专班', office: 'OFFICE', members: Object.keys(STREETS) }],
  posts: [
    { unit: 'OFFICE', role: 'staff', person: EVERYBODY },
    { taskForce: 'TF', role: 'liaisonA', person: EVERYBODY },
    ...[...Object.keys(STREETS), ...COMMUNITIES].map((unit) => ({
      unit,
      role: 'liaisonA',
      person: EVERYBODY,
    })),
  ],
};

/** Everything passes by itself once reported; nothing is kept for corrections, so that every desk ends with the directive. */
export const SWIFT: Partial<Policy> = { correctionsFor: 'PT0S' };

/** Due in an hour, unless told otherwise. */
export function directive(
  id: string,
  more: { policy?: Partial<Policy>; within?: string; review?: 'auto' | 'manual' } = {},
): Record<string, unknown> {
  return {
    id,
    number: `L-${randomBytes(6).toString('hex')}`,
    title: '志愿者站点',
    calendar: 'always',
    due: { within: more.within ?? 'PT1H' },
    policy: { ...SWIFT, ...more.policy },
    items: [
      {
        key: 'sites',
        title: '站点',
        review: more.review ?? 'auto',
        form: {
          fields: [
            {
              key: 'n',
              label: '数',
              type: 'integer',
              required: true,
              aggregate: 'sum',
              timeAxis: 'snapshot',
            },
          ],
        },
        dispatch: [{ taskForce: 'TF', receivers: { group: 'street', receivers: 'children' } }],
      },
    ],
  };
}

/** Assignments of a directive: its leaves with what each reports, and the nodes above them. */
export const leavesOf = (id: string): { id: string; n: number }[] =>
  Object.entries(STREETS)
    .flatMap(([street, communities]) => communities.map((code) => `${id}.sites.TF.${street}.${code}`))
    .map((leaf, index) => ({ id: leaf, n: 10 ** index }));
export const nodesOf = (id: string): string[] => [
  `${id}.sites.TF`,
  ...Object.keys(STREETS).map((street) => `${id}.sites.TF.${street}`),
];
/** One digit a leaf: a report lost or counted twice shows. */
export const TOTAL = 1_111;

export const report = (caller: Caller, leaf: { id: string; n: number }): Promise<Reply> =>
  caller.post(`/assignments/${leaf.id}/submit`, { values: { n: leaf.n } });

/** Has it closed by itself, and with which total? */
export async function outcome(caller: Caller, id: string): Promise<{ phase: string; n: unknown }> {
  const [whole, merged] = await Promise.all([
    caller.get(`/directives/${id}`),
    caller.get(`/directives/${id}/summary`),
  ]);
  const { phase } = whole.body as { phase: string };
  const { items } = merged.body as { items: { values: { n?: unknown } }[] };
  return { phase, n: items[0]?.values.n ?? null };
}
