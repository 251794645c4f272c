// A random district with one directive, planned and cut into desks: what a simulated run begins with.
import fc from 'fast-check';
import { builtInCalendars } from '../../domain/calendar/calendar-years.ts';
import type { Calendar, DueRule } from '../../domain/calendar/calendar.ts';
import { cut, type DeskPlan } from '../../domain/directive/cut.ts';
import { DirectiveRequest, type Item } from '../../domain/directive/directive.ts';
import { openDispatch } from '../../domain/directive/dispatch.ts';
import type { Millis } from '../../domain/instant.ts';
import { createDirectory, OrganisationFile, type Directory } from '../../domain/organisation/organisation.ts';
import { planDirective } from '../../domain/directive/plan.ts';
import { Policy, SHIPPED_POLICIES } from '../../domain/policy/policy.ts';

/** Children of a task force or unit; `withinMinutes` is a due time given by hand. */
export type Branch = { children: Branch[]; withinMinutes: number | null };

export type WorldSeed = {
  taskForces: Branch[];
  calendar: 'work' | 'always' | 'event';
  policy: number;
  review: 'manual' | 'auto';
  rollUp: 'auto' | 'manual';
  dueMinutes: number;
  limit: number;
  startMinute: number;
  /** Leaders sign what leaves a unit. */
  signOff: boolean;
};

export type Reserve = { unit: string; receivers?: { unit: string }[] };

export type World = {
  directive: string;
  item: Item;
  directory: Directory;
  calendar: Calendar;
  policy: Policy;
  issuedAt: Millis;
  dueAt: Millis;
  officeDueAt: Millis;
  limit: number;
  desks: DeskPlan[];
  /** Units with no part in it, to pass work on to. */
  spare: string[];
  /** By the code of whoever holds an assignment: units below it with no part in it, the first with units of its own. */
  reserves: ReadonlyMap<string, Reserve[]>;
  /** Everybody there is: one for each task force and unit and for some a leader, one in the office, an auditor, a stranger. */
  people: string[];
};

const POLICIES: Policy[] = [
  SHIPPED_POLICIES.standard,
  SHIPPED_POLICIES.urgent,
  Policy.parse({}),
  Policy.parse({
    reviewWithin: 'PT1H',
    decideWithin: 'PT20M',
    signWithin: 'PT15M',
    remindBefore: ['P1D', 'PT8H', 'PT10M'],
  }),
  Policy.parse({
    acknowledgeWithin: 'PT10M',
    ladder: [
      { clock: 'due', after: 'PT8H', notify: ['unit.leader'] },
      { clock: 'due', after: 'P1D', notify: ['office.director'] },
      { clock: 'due', after: 'PT0S', notify: ['unit.liaisonA'] },
      { clock: 'acknowledge', after: 'PT5M', notify: ['unit.liaisonA'] },
    ],
    correctionsFor: 'P2D',
  }),
];

const branches = (levels: number): fc.Arbitrary<Branch> =>
  fc.record({
    children: levels === 0 ? fc.constant<Branch[]>([]) : fc.array(branches(levels - 1), { maxLength: 3 }),
    withinMinutes: fc.oneof(
      { weight: 5, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 2_000 }) },
    ),
  });

export const worldSeeds: fc.Arbitrary<WorldSeed> = fc.record({
  taskForces: fc.array(branches(2), { minLength: 1, maxLength: 2 }),
  calendar: fc.constantFrom('work', 'always', 'event'),
  policy: fc.nat({ max: POLICIES.length - 1 }),
  review: fc.constantFrom('manual', 'manual', 'auto'),
  rollUp: fc.constantFrom('auto', 'auto', 'manual'),
  dueMinutes: fc.oneof(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 3_000, max: 20_000 })),
  limit: fc.constantFrom(2, 3, 5, 2_000),
  // Any minute of two weeks with a holiday in them.
  startMinute: fc.nat({ max: 14 * 1440 }),
  signOff: fc.nat({ max: 3 }).map((n) => n === 0),
});

const START = Date.parse('2026-04-27T00:00:00+08:00');
export const personOf = (code: string): string => `of-${code}`;
/** Every unit with an even last digit has a leader. */
export const leaderOf = (code: string): string => `boss-${code}`;
export const isLedUnit = (code: string): boolean => /[02468]$/.test(code) && code.startsWith('U');
export const OFFICE = 'OFFICE';
export const AUDITOR = 'auditor';
export const STRANGER = 'stranger';

const due = (branch: Branch): { due?: DueRule } =>
  branch.withinMinutes === null ? {} : { due: { within: `PT${branch.withinMinutes}M` } };
const receiversOf = (children: readonly Branch[], code: string): object[] =>
  children.map((child, n) => {
    const unit = `${code}-${n}`;
    return { unit, ...due(child), receivers: receiversOf(child.children, unit) };
  });
const codesOf = (children: readonly Branch[], code: string): string[] =>
  children.flatMap((child, n) => [`${code}-${n}`, ...codesOf(child.children, `${code}-${n}`)]);
const byBudget = (branch: Branch): Branch => ({
  withinMinutes: null,
  children: branch.children.map(byBudget),
});

/** The unit above by its code, where that is a unit too. */
const parentIn = (codes: readonly string[], code: string): string | null => {
  const above = code.slice(0, code.lastIndexOf('-'));
  return codes.includes(above) ? above : null;
};

export function createWorld(seed: WorldSeed): World {
  const forces = seed.taskForces.map((branch, n) => ({
    code: `F${n}`,
    units: codesOf(branch.children, `U${n}`),
  }));
  const spare = ['V0', 'V1', 'V0-0', 'V0-1'];
  const units = forces.flatMap((force) => force.units);
  const reserves = new Map<string, Reserve[]>([
    ...forces.map(({ code }): [string, Reserve[]] => [
      code,
      [{ unit: 'V0', receivers: [{ unit: 'V0-0' }, { unit: 'V0-1' }] }, { unit: 'V1' }],
    ]),
    ...units.map((code): [string, Reserve[]] => [
      code,
      [{ unit: `R${code}-0`, receivers: [{ unit: `R${code}-0-0` }] }, { unit: `R${code}-1` }],
    ]),
    ['V0', [{ unit: 'V0-0' }, { unit: 'V0-1' }]],
  ]);
  const reserved = units.flatMap((code) => [
    { code: `R${code}-0`, parent: code },
    { code: `R${code}-1`, parent: code },
    { code: `R${code}-0-0`, parent: `R${code}-0` },
  ]);
  const seated = [...units, ...spare, ...reserved.map(({ code }) => code)];
  const led = units.filter(isLedUnit);
  const directory = createDirectory(
    OrganisationFile.parse({
      units: [
        { code: OFFICE, name: OFFICE, kind: 'office' },
        ...units.map((code) => ({ code, name: code, kind: 'street', parent: parentIn(units, code) })),
        ...spare.map((code) => ({ code, name: code, kind: 'village', parent: parentIn(spare, code) })),
        ...reserved.map((unit) => ({ ...unit, name: unit.code, kind: 'grid' })),
      ],
      posts: [
        { unit: OFFICE, role: 'director', person: personOf(OFFICE) },
        { role: 'auditor', person: AUDITOR },
        ...seated.map((unit) => ({ unit, role: 'liaisonA', person: personOf(unit) })),
        ...led.map((unit) => ({ unit, role: 'leader', person: leaderOf(unit) })),
      ],
      taskForces: forces.map(({ code }) => ({
        code,
        name: code,
        office: OFFICE,
        members: ['V0', 'V1'],
        posts: [{ role: 'leader', person: personOf(code) }],
      })),
    }),
    1,
  );
  const codes = [...forces.map(({ code }) => code), ...units, ...spare, OFFICE];
  const people = [...codes.map(personOf), ...led.map(leaderOf), AUDITOR, STRANGER];
  const about = {
    directory,
    people,
    spare,
    reserves,
    calendar: builtInCalendars[seed.calendar],
    policy: POLICIES[seed.policy] as Policy,
  };
  // Due times given by hand may contradict each other; then the plan is refused and the budget gives them all.
  return (
    planned(seed, about) ?? (planned({ ...seed, taskForces: seed.taskForces.map(byBudget) }, about) as World)
  );
}

function planned(
  seed: WorldSeed,
  about: Pick<World, 'directory' | 'people' | 'spare' | 'reserves' | 'calendar' | 'policy'>,
): World | null {
  const issuedAt = START + seed.startMinute * 60_000;
  const request = DirectiveRequest.parse({
    number: '1',
    title: 'simulated',
    due: { within: `PT${seed.dueMinutes}M` },
    items: [
      {
        key: 'i',
        title: 'counted',
        review: seed.review,
        rollUp: seed.rollUp,
        ...(seed.signOff ? { signOff: 'leader' } : {}),
        form: { fields: [{ key: 'v', label: 'v', type: 'integer', aggregate: 'sum', timeAxis: 'flow' }] },
        dispatch: seed.taskForces.map((branch, n) => ({
          taskForce: `F${n}`,
          ...due(branch),
          receivers: receiversOf(branch.children, `U${n}`),
        })),
      },
    ],
  });
  const { items, faults } = openDispatch(request, about.directory, 'd');
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  const args = { id: 'd', items, due: request.due, receivedAt: issuedAt, issuedAt, ...about };
  const { plan } = planDirective(args);
  if (plan === null) return null;
  const desks = cut('d', plan.roots, seed.limit);
  return {
    ...about,
    directive: 'd',
    item: request.items[0] as Item,
    issuedAt,
    dueAt: plan.dueAt,
    officeDueAt: plan.officeDueAt,
    limit: seed.limit,
    desks,
  };
}
