// A district of any size and directives for it: each place has one person named after it, so that tests read by place.
import type { DirectiveRequest } from '../../domain/directive/directive.ts';
import type { OrganisationFile } from '../../domain/organisation/organisation.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { z } from 'zod';

/** OFFICE, its task force TF, and its streets S1… with their communities S1-1…: codes, and ids of their liaisons. */
export const OFFICE = 'OFFICE';
export const FORCE = 'TF';

type Size = {
  streets?: number;
  communities?: number;
  /** Places with a leader too, called `<code>-boss`. */
  bosses?: readonly string[];
  /** Communities with grids below them, called `<code>-1` …, to which they may delegate parts. */
  grids?: Readonly<Record<string, number>>;
  /** Places without a person. */
  empty?: readonly string[];
};

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

export function district({
  streets = 2,
  communities = 2,
  bosses = [],
  grids = {},
  empty = [],
}: Size = {}): z.input<typeof OrganisationFile> {
  const street = upTo(streets).map((s) => `S${s}`);
  const community = street.flatMap((parent) =>
    upTo(communities).map((c) => ({ code: `${parent}-${c}`, parent })),
  );
  const grid = Object.entries(grids).flatMap(([parent, count]) =>
    upTo(count).map((g) => ({ code: `${parent}-${g}`, parent })),
  );
  const seated = [...street, ...[...community, ...grid].map(({ code }) => code)].filter(
    (code) => !empty.includes(code),
  );
  const ids = [OFFICE, FORCE, ...seated, ...bosses.map((code) => `${code}-boss`), 'AUDITOR', 'NOBODY'];
  return {
    units: [
      { code: OFFICE, name: '区办公室', kind: 'office' },
      ...street.map((code) => ({ code, name: `${code}街道`, kind: 'street' })),
      ...community.map((unit) => ({ ...unit, name: `${unit.code}社区`, kind: 'community' })),
      ...grid.map((unit) => ({ ...unit, name: `${unit.code}网格`, kind: 'grid' })),
    ],
    people: ids.map((id) => ({ id, name: `名${id}` })),
    taskForces: [{ code: FORCE, name: '志愿专班', office: OFFICE, members: street }],
    posts: [
      { unit: OFFICE, role: 'staff', person: OFFICE },
      { taskForce: FORCE, role: 'liaisonA', person: FORCE },
      { role: 'auditor', person: 'AUDITOR' },
      ...seated.map((unit) => ({ unit, role: 'liaisonA' as const, person: unit })),
      ...bosses.map((code) => bossOf(code)),
    ],
  };
}

function bossOf(code: string): NonNullable<z.input<typeof OrganisationFile>['posts']>[number] {
  const person = `${code}-boss`;
  if (code === OFFICE) return { unit: code, role: 'director', person };
  return code === FORCE
    ? { taskForce: code, role: 'leader', person }
    : { unit: code, role: 'leader', person };
}

/** Its one figure is `n`; text goes into `remark`. */
export const FORM = {
  fields: [
    {
      key: 'n',
      label: '数',
      type: 'integer',
      required: true,
      min: 0,
      max: 1_000_000,
      aggregate: 'sum',
      timeAxis: 'snapshot',
    },
    { key: 'remark', label: '备注', type: 'text', maxLength: 50, aggregate: 'concat' },
  ],
  rules: [],
} satisfies z.input<typeof DirectiveRequest>['items'][number]['form'];

type Item = Partial<z.input<typeof DirectiveRequest>['items'][number]>;
type More = Partial<Omit<z.input<typeof DirectiveRequest>, 'items'>> & {
  policy?: Partial<Policy> | string;
  item?: Item;
};

/**
 * All streets with all their communities, due in an hour round the clock, reviewed by hand, without any clock of a
 * policy.
 */
export function directive(id: string, { item, ...more }: More = {}): z.input<typeof DirectiveRequest> {
  return {
    id,
    number: `L-${id}`,
    title: `摸排 ${id}`,
    calendar: 'always',
    due: { within: 'PT1H' },
    policy: {},
    ...more,
    items: [
      {
        key: 'sites',
        title: '站点',
        form: FORM,
        dispatch: [{ taskForce: FORCE, receivers: { group: 'street', receivers: 'children' } }],
        ...item,
      },
    ],
  };
}

/** The id of a place's assignment under the directive's item `sites`: `''` is the task force's. */
export function at(id: string, unit = ''): string {
  const force = `${id}.sites.${FORCE}`;
  if (unit === '') return force;
  const parts = unit.split('-');
  return [force, ...parts.map((_, index) => parts.slice(0, index + 1).join('-'))].join('.');
}

/** The unit above by its code; null for a street. */
export const aboveOf = (unit: string): string | null =>
  unit.includes('-') ? unit.slice(0, unit.lastIndexOf('-')) : null;
