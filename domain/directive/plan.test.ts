// Promises of the plan: every assignment with its id and its deadlines, and no child due after its parent (law 2).
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at, wallOf } from '../../tests/support/sample-assignment.ts';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import type { DueRule } from '../calendar/calendar.ts';
import type { DispatchBranch, Opened } from './dispatch.ts';
import { planDirective } from './plan.ts';
import type { Plan, PlanArgs, Planned } from './planned.ts';
import { SHIPPED_POLICIES } from '../policy/policy.ts';

const branch = (
  code: string,
  children: DispatchBranch[] = [],
  due?: DueRule,
  path = code,
): DispatchBranch => ({
  code,
  path,
  due,
  children,
});
const TREE = branch('TF', [branch('DD', [branch('DD-1'), branch('DD-2')]), branch('WC')]);
const itemOf = (taskForces: DispatchBranch[], due?: DueRule): Opened => ({
  key: 'sites',
  path: 'items[0]',
  due,
  taskForces,
});

const ARGS: PlanArgs = {
  id: 'd',
  items: [itemOf([TREE])],
  due: { workdays: 1, at: '17:30' },
  calendar: builtInCalendars.work,
  policy: SHIPPED_POLICIES.standard,
  receivedAt: at('2026-11-23 10:35'),
  issuedAt: at('2026-11-23 10:35'),
};

function planned(changes: Partial<PlanArgs> = {}): Plan {
  const { plan, faults } = planDirective({ ...ARGS, ...changes });
  if (plan === null) throw new Error(JSON.stringify(faults));
  return plan;
}
const faultsOf = (changes: Partial<PlanArgs>): string[] =>
  planDirective({ ...ARGS, ...changes }).faults.map(({ path, code }) => `${path} ${code}`);
const all = (roots: readonly Planned[]): Planned[] => roots.flatMap((each) => [each, ...all(each.children)]);
const dues = (plan: Plan): Record<string, string> =>
  Object.fromEntries(all(plan.roots).map(({ id, dueAt }) => [id, wallOf(dueAt).slice(5)]));

describe('planDirective', () => {
  it('gives the standard day: superior 17:30, office 17:15, task force 16:30, street 15:30, community 14:00', () => {
    const plan = planned();
    expect([plan.dueAt, plan.officeDueAt].map(wallOf)).toEqual(['2026-11-24 17:30', '2026-11-24 17:15']);
    expect(dues(plan)).toEqual({
      'd.sites.TF': '11-24 16:30',
      'd.sites.TF.DD': '11-24 15:30',
      'd.sites.TF.DD.DD-1': '11-24 14:00',
      'd.sites.TF.DD.DD-2': '11-24 14:00',
      'd.sites.TF.WC': '11-24 15:30',
    });
    expect(plan).toMatchObject({
      warnings: [],
      margins: [15, 45, 60, 90].map((minutes) => minutes * 60_000),
    });
  });

  it('says of each who is above, whose it is, whether it hands on, and when its receipt is late', () => {
    const [root] = planned().roots;
    expect(root).toMatchObject({ parent: null, item: 'sites', taskForce: 'TF', unit: null, node: true });
    expect(root?.children[0]?.children[0]).toEqual({
      id: 'd.sites.TF.DD.DD-1',
      rank: 'd.~000000.~000000.~000000.~000000',
      parent: 'd.sites.TF.DD',
      item: 'sites',
      taskForce: 'TF',
      unit: 'DD-1',
      node: false,
      dueAt: at('2026-11-24 14:00'),
      basis: { by: 'margin', ms: 90 * 60_000 },
      acknowledgeBy: at('2026-11-23 11:05'),
      children: [],
    });
  });

  it('counts due times from the receipt and receipts from the issue', () => {
    const plan = planned({ issuedAt: at('2026-11-23 15:00') });
    expect(wallOf(plan.dueAt)).toBe('2026-11-24 17:30');
    expect(wallOf(plan.roots[0]?.acknowledgeBy ?? 0)).toBe('2026-11-23 15:30');
  });

  it('lets no receipt be late after the due time', () => {
    const patient = { ...SHIPPED_POLICIES.standard, acknowledgeWithin: 'P3D' };
    for (const { acknowledgeBy, dueAt } of all(planned({ policy: patient }).roots))
      expect(acknowledgeBy).toBe(dueAt);
  });

  it('asks for no receipt and keeps no margin where the policy has none', () => {
    const policy = { ...SHIPPED_POLICIES.standard, acknowledgeWithin: null, margins: [] };
    const plan = planned({ policy });
    expect(plan.roots[0]?.acknowledgeBy).toBeNull();
    expect(new Set(all(plan.roots).map(({ dueAt }) => wallOf(dueAt)))).toEqual(new Set(['2026-11-24 17:30']));
  });
});

describe('a directive that goes out long after it came in', () => {
  const late = {
    receivedAt: at('2026-11-23 08:30'),
    issuedAt: at('2026-11-23 15:31'),
    due: '2026-11-23T17:30:00+08:00',
  };

  it('divides the time from the issue, not from the receipt', () => {
    const plan = planned(late);
    expect(dues(plan)).toMatchObject({ 'd.sites.TF.DD.DD-1': '11-23 16:30' });
    expect(plan.warnings).toEqual([{ code: 'MARGINS_SHRUNK', params: { percent: 28 } }]);
  });

  it.each([
    [
      'a rule in workdays',
      { ...late, receivedAt: at('2026-11-20 10:00'), due: { workdays: 1, at: '17:30' } },
    ],
    ['a span', { ...late, receivedAt: at('2026-11-23 13:30'), due: { within: 'PT4H' } }],
    ['round the clock', { ...late, calendar: builtInCalendars.always }],
    ['an item due before the rest', { ...late, items: [itemOf([TREE], '2026-11-23T16:30:00+08:00')] }],
    [
      'a street due before the rest',
      {
        ...late,
        items: [itemOf([branch('TF', [branch('DD', [branch('DD-1')], '2026-11-23T16:40:00+08:00')])])],
      },
    ],
  ])('lets no assignment be due before it goes out: %s', (_, changes) => {
    const plan = planned(changes);
    for (const { dueAt } of all(plan.roots)) expect(dueAt).toBeGreaterThan(late.issuedAt);
    expect(plan.officeDueAt).toBeGreaterThan(late.issuedAt);
  });

  it('counts the margins from the receipt where that is still to come', () => {
    const early = { issuedAt: late.receivedAt, receivedAt: late.issuedAt, due: late.due };
    expect(dues(planned(early))).toEqual(dues(planned(late)));
  });

  it('is refused by path where a due time is not after the issue, at every level', () => {
    expect(faultsOf({ due: '2026-11-23T09:00:00+08:00' })).toEqual(['due DUE_BEFORE_ISSUE']);
    expect(faultsOf({ due: '2026-11-23T10:35:00+08:00' })).toEqual(['due DUE_BEFORE_ISSUE']);
    expect(faultsOf({ ...late, due: { within: 'PT1H' } })).toEqual(['due DUE_BEFORE_ISSUE']);
    expect(faultsOf({ items: [itemOf([TREE], '2026-11-23T10:00:00+08:00')] })).toEqual([
      'items[0].due DUE_BEFORE_ISSUE',
    ]);
    const street = branch('DD', [branch('DD-1')], { within: 'PT1H' }, 'items[0].r[0]');
    expect(faultsOf({ ...late, items: [itemOf([branch('TF', [street])])] })).toEqual([
      'items[0].r[0].due DUE_BEFORE_ISSUE',
    ]);
  });

  it('of a group names the place once, however many units stand there', () => {
    const street = (code: string): DispatchBranch => branch(code, [], { within: 'PT1H' }, 'items[0].r');
    expect(faultsOf({ ...late, items: [itemOf([branch('TF', [street('A'), street('B')])])] })).toEqual([
      'items[0].r.due DUE_BEFORE_ISSUE',
    ]);
  });

  it('is only warned of where it is a copy, to be mended before it goes out', () => {
    const { warnings } = planned({ due: '2026-11-23T09:00:00+08:00', isCopied: true });
    expect(warnings).toContainEqual({
      code: 'DUE_IN_PAST',
      path: 'due',
      params: { dueAt: '2026-11-23T01:00:00.000Z' },
    });
  });
});

describe('a due time outside working time', () => {
  it('is warned of where it is given by hand, and taken', () => {
    const items = [itemOf([branch('TF', [], '2026-11-24T12:30:00+08:00', 'items[0].dispatch[0]')])];
    expect(planned({ items, due: { workdays: 1, at: '20:00' } }).warnings).toEqual([
      { code: 'DUE_OUTSIDE_HOURS', path: 'due', params: { dueAt: '2026-11-24T12:00:00.000Z' } },
      {
        code: 'DUE_OUTSIDE_HOURS',
        path: 'items[0].dispatch[0].due',
        params: { dueAt: '2026-11-24T04:30:00.000Z' },
      },
    ]);
    expect(planned({ due: '2026-11-24T20:00:00+08:00', calendar: builtInCalendars.always }).warnings).toEqual(
      [],
    );
  });

  it('may be the closing itself', () => {
    expect(planned({ due: '2026-11-24T12:00:00+08:00' }).warnings).toEqual([]);
  });
});

describe('a due time given by hand', () => {
  const below = (due: DueRule): Partial<PlanArgs> => ({
    items: [itemOf([branch('TF', [branch('DD', [branch('DD-1')], due, 'items[0].r[0]')])])],
  });

  it('holds as given, and what is below is budgeted from it', () => {
    expect(dues(planned(below('2026-11-24T15:00:00+08:00')))).toEqual({
      'd.sites.TF': '11-24 16:30',
      'd.sites.TF.DD': '11-24 15:00',
      'd.sites.TF.DD.DD-1': '11-24 13:30',
    });
  });

  it('may use up the margin to the very time of the level above, with a warning, and not a second more', () => {
    const { warnings } = planned(below('2026-11-24T16:30:00+08:00'));
    expect(warnings).toEqual([
      { code: 'MARGIN_USED', path: 'd.sites.TF.DD', params: { leftMs: 0, marginMs: 3_600_000 } },
    ]);
    expect(planDirective({ ...ARGS, ...below('2026-11-24T16:30:01+08:00') })).toEqual({
      plan: null,
      faults: [
        {
          path: 'items[0].r[0].due',
          code: 'DUE_AFTER_PARENT',
          params: { parentDueAt: '2026-11-24T08:30:00.000Z' },
        },
      ],
    });
  });

  it('of a whole item is the office’s for it, and warns of no margin it leaves', () => {
    const item = (due: DueRule): Partial<PlanArgs> => ({ items: [itemOf([TREE], due)] });
    const office = planned(item('2026-11-24T17:15:00+08:00'));
    expect(office.warnings).toEqual([]);
    expect(dues(office)['d.sites.TF']).toBe('11-24 16:30');
    expect(dues(planned(item('2026-11-24T12:00:00+08:00')))['d.sites.TF']).toBe('11-24 11:15');
    expect(faultsOf(item('2026-11-24T17:16:00+08:00'))).toEqual(['items[0].due DUE_AFTER_PARENT']);
  });

  it('names every child due after its parent, not only the first', () => {
    const late: DueRule = '2026-11-30T09:00:00+08:00';
    const items = [itemOf([branch('TF', [branch('A', [], late), branch('B'), branch('C', [], late)])])];
    expect(faultsOf({ items })).toEqual(['A.due DUE_AFTER_PARENT', 'C.due DUE_AFTER_PARENT']);
  });
});

describe('what a due time rests on', () => {
  const rule: DueRule = { within: 'PT4H' };
  const tree = [
    branch('TF', [branch('A', [branch('A-1')], rule), branch('B', [], '2026-11-24T12:00:00+08:00')]),
  ];
  const bases = (changes: Partial<PlanArgs>): unknown =>
    Object.fromEntries(
      all(planned({ items: [itemOf(tree)], ...changes }).roots).map(({ id, basis }) => [id, basis]),
    );

  it('is the rule as given, the instant, or the margin to the level above', () => {
    expect(bases({})).toMatchObject({
      'd.sites.TF': { by: 'margin', ms: 45 * 60_000 },
      'd.sites.TF.A': { by: 'rule', rule },
      'd.sites.TF.B': { by: 'instant' },
    });
  });

  it('is the margin that was left of a short time, not the policy’s', () => {
    const { roots, margins } = planned({ due: { within: 'PT2H' } });
    expect(roots[0]?.basis).toEqual({ by: 'margin', ms: margins[1] });
    expect(margins[1]).toBeLessThan(45 * 60_000);
  });
});

describe('a due rule with two readings', () => {
  const friday = { receivedAt: at('2026-11-20 10:00'), issuedAt: at('2026-11-20 10:00') };
  const rule: DueRule = { workdays: 1, at: '12:00' };

  it('is answered with both, and a warning, and the workday holds', () => {
    const plan = planned({ ...friday, items: [itemOf([TREE], rule)] });
    expect(wallOf(plan.dueAt)).toBe('2026-11-23 17:30');
    expect(
      plan.readings.map(({ path, workdaysAt, calendarDaysAt }) => [
        path,
        wallOf(workdaysAt),
        wallOf(calendarDaysAt),
      ]),
    ).toEqual([
      ['due', '2026-11-23 17:30', '2026-11-21 17:30'],
      ['items[0].due', '2026-11-23 12:00', '2026-11-21 12:00'],
    ]);
    expect(plan.warnings).toEqual([
      {
        code: 'TWO_READINGS',
        path: 'due',
        params: { workdays: '2026-11-23T09:30:00.000Z', calendarDays: '2026-11-21T09:30:00.000Z' },
      },
      {
        code: 'TWO_READINGS',
        path: 'items[0].due',
        params: { workdays: '2026-11-23T04:00:00.000Z', calendarDays: '2026-11-21T04:00:00.000Z' },
      },
    ]);
  });

  it('is none on a Monday', () => {
    expect(planned().readings).toEqual([]);
  });
});

describe('a year the calendar does not know', () => {
  it('is a fault at the directive’s due, or at the due time that names it', () => {
    expect(faultsOf({ due: '2027-03-01T09:00:00+08:00' })).toEqual(['due CALENDAR_YEAR_UNKNOWN']);
    const items = [itemOf([branch('TF', [], '2027-03-01T09:00:00+08:00', 'items[0].dispatch[0]')])];
    expect(faultsOf({ items })).toEqual(['items[0].dispatch[0].due CALENDAR_YEAR_UNKNOWN']);
  });
});

describe('law 2, in any tree', () => {
  const minutes = fc.integer({ min: 1, max: 40_000 });
  const due = fc.option(
    minutes.map((n): DueRule => ({ within: `PT${n}M` })),
    { nil: undefined, freq: 3 },
  );
  const trees = (levels: number): fc.Arbitrary<DispatchBranch> =>
    fc
      .record({
        due,
        children:
          levels === 0 ? fc.constant<DispatchBranch[]>([]) : fc.array(trees(levels - 1), { maxLength: 3 }),
      })
      .map((each) => ({ code: '', path: '', due: each.due, children: each.children }));
  const named = (each: DispatchBranch, code: string): DispatchBranch => ({
    ...each,
    code,
    path: code,
    children: each.children.map((child, n) => named(child, `${code}-${n}`)),
  });

  /** How many minutes after the receipt it goes out; the receipt may also lie in the future. */
  const lag = fc.oneof(fc.constant(0), fc.integer({ min: -3_000, max: 20_000 }));

  it('no child is due after its parent nor by the issue, or the plan is refused; the same request gives the same plan', () => {
    fc.assert(
      fc.property(
        trees(4),
        minutes,
        fc.integer({ min: 0, max: 200 * 1440 }),
        lag,
        (root, within, shift, late) => {
          for (const calendar of Object.values(builtInCalendars)) {
            const receivedAt = at('2026-01-05 00:00') + shift * 60_000;
            const issuedAt = receivedAt + late * 60_000;
            const items = [itemOf([named(root, 'TF')])];
            const args = {
              ...ARGS,
              calendar,
              receivedAt,
              issuedAt,
              items,
              due: { within: `PT${within}M` },
            };
            const { plan, faults } = planDirective(args);
            expect(planDirective(args)).toEqual({ plan, faults });
            if (plan === null) {
              expect(faults.length).toBeGreaterThan(0);
              continue;
            }
            const check = (parentDue: number, children: readonly Planned[]): void => {
              for (const child of children) {
                expect(child.dueAt).toBeLessThanOrEqual(parentDue);
                expect(child.dueAt).toBeGreaterThan(issuedAt);
                check(child.dueAt, child.children);
              }
            };
            expect(plan.officeDueAt).toBeLessThanOrEqual(plan.dueAt);
            expect(plan.officeDueAt).toBeGreaterThan(issuedAt);
            check(plan.officeDueAt, plan.roots);
          }
        },
      ),
    );
  });
});
