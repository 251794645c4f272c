// Promises of parts handed out later: opened, timed and cut as if they had been there from the first, each fault at its place.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at, wallOf } from '../../tests/support/sample-assignment.ts';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import type { DueRule } from '../calendar/calendar.ts';
import { cut, cutBelow, sizeOf } from '../directive/cut.ts';
import { MAX_RECEIVERS } from '../directive/directive.ts';
import { ReceiverList } from './receivers.ts';
import { openBelow, type DispatchBranch } from '../directive/dispatch.ts';
import { wordsOf } from '../failure.ts';
import { createDirectory, OrganisationFile, type Place } from '../organisation/organisation.ts';
import { giverOf } from '../directive/giver.ts';
import { planBelow, planDirective } from '../directive/plan.ts';
import type { Planned } from '../directive/planned.ts';
import { SHIPPED_POLICIES } from '../policy/policy.ts';

const unit = (code: string, kind: string, parent?: string) => ({
  code,
  name: code,
  kind,
  ...(parent ? { parent } : {}),
});
const directory = createDirectory(
  OrganisationFile.parse({
    units: [
      unit('DD', 'street'),
      unit('WC', 'street'),
      unit('XF', 'department'),
      unit('CITY', 'superior'),
      unit('OFFICE', 'office', 'CITY'),
      unit('DD-1', 'community', 'DD'),
      unit('DD-2', 'community', 'DD'),
      unit('DD-1-A', 'grid', 'DD-1'),
      unit('DD-1-B', 'grid', 'DD-1'),
      unit('WC-1', 'community', 'WC'),
    ],
    taskForces: [{ code: 'TF', name: 'TF', office: 'OFFICE', leadUnit: 'XF', members: ['DD'] }],
  }),
  1,
);
const AT = {
  id: 'd.sites.TF.DD',
  above: ['DD'],
  holders: [] as Place[],
  giver: giverOf(directory, 'unit/DD', []),
  pool: directory.children.get('DD') ?? [],
  taken: new Set<string>(),
  leaves: 1,
};
const opened = (receivers: unknown, changes: Partial<typeof AT> = {}) =>
  openBelow(ReceiverList.parse(receivers), directory, { ...AT, ...changes });
const faults = (...args: Parameters<typeof opened>): string[] =>
  opened(...args).faults.map(({ path, code }) => `${path} ${code}`);
const codes = (branches: readonly DispatchBranch[]): string =>
  branches
    .map(({ code, children }) => (children.length > 0 ? `${code}(${codes(children)})` : code))
    .join(' ');

describe('openBelow', () => {
  it('opens units, groups and their children as a directive would', () => {
    expect(codes(opened([{ unit: 'DD-1', receivers: 'children' }, { unit: 'DD-2' }]).branches)).toBe(
      'DD-1(DD-1-A DD-1-B) DD-2',
    );
    expect(codes(opened({ group: 'community', except: ['DD-2'] }).branches)).toBe('DD-1');
  });

  it.each<[string, unknown, Partial<typeof AT>, string[]]>([
    ['an unknown unit', [{ unit: 'XX' }], {}, ['receivers[0].unit UNKNOWN_UNIT']],
    ['the unit itself', [{ unit: 'DD' }], {}, ['receivers[0].unit NOT_BELOW']],
    [
      'who holds it, or what is above it, by transfer, however deep',
      [{ unit: 'DD-1', receivers: [{ unit: 'DD-1-A' }] }],
      { holders: ['unit/DD-1-A'] },
      ['receivers[0].receivers[0].unit OWN_ANCESTOR'],
    ],
    [
      'itself further down',
      [{ unit: 'DD-1', receivers: [{ unit: 'DD' }] }],
      {},
      ['receivers[0].receivers[0].unit NOT_BELOW'],
    ],
    [
      'who is beside or above it: another street and its community, the office, the superior',
      ['WC', 'WC-1', 'OFFICE', 'CITY'].map((code) => ({ unit: code })),
      {},
      [0, 1, 2, 3].map((n) => `receivers[${n}].unit NOT_BELOW`),
    ],
    [
      'a sibling among the parts of one of them: each level is asked for itself',
      [{ unit: 'DD-1', receivers: [{ unit: 'DD-1-A' }, { unit: 'DD-2' }] }],
      {},
      ['receivers[0].receivers[1].unit NOT_BELOW'],
    ],
    ['a unit twice', [{ unit: 'DD-1' }, { unit: 'DD-1' }], {}, ['receivers[1].unit REPEATED']],
    [
      'one that has a part already',
      [{ unit: 'DD-1' }, { unit: 'DD-2' }],
      { taken: new Set(['DD-2']) },
      ['receivers[1].unit REPEATED'],
    ],
    ['a group without a unit', { group: 'town' }, {}, ['receivers.group EMPTY_GROUP']],
    [
      'more levels than there may be',
      [{ unit: 'DD-1' }],
      { above: Array(11).fill('X') as string[] },
      ['receivers[0] TOO_DEEP'],
    ],
    ['too long an id', [{ unit: 'DD-1' }], { id: 'x'.repeat(238) }, ['receivers[0] TOO_LONG']],
    ['more than a directive may have', [{ unit: 'DD-1' }], { leaves: MAX_RECEIVERS }, ['receivers TOO_MANY']],
  ])('refuses %s by its place', (_, receivers, changes, expected) => {
    expect(faults(receivers, changes)).toEqual(expected);
  });
});

describe('the unit that hands out', () => {
  const takenFrom = (holder: Place, taken: string[] = []): string[] =>
    [...directory.units.keys()].filter((code) => {
      const giver = giverOf(directory, holder, taken);
      return opened([{ unit: code }], { above: [], giver, pool: [], taken: new Set() }).faults.length === 0;
    });

  it('a unit gives to what is below it, however deep, and to no other', () => {
    expect(takenFrom('unit/DD')).toEqual(['DD-1', 'DD-2', 'DD-1-A', 'DD-1-B']);
    expect(takenFrom('unit/DD-1')).toEqual(['DD-1-A', 'DD-1-B']);
    expect(takenFrom('unit/DD-1-A')).toEqual([]);
  });

  it('after a transfer it is the new holder who gives, and to its own', () => {
    expect(takenFrom('unit/WC')).toEqual(['WC-1']);
  });

  it('a task force gives to its members, its lead unit and what is below them', () => {
    expect(takenFrom('taskForce/TF')).toEqual(['DD', 'XF', 'DD-1', 'DD-2', 'DD-1-A', 'DD-1-B']);
  });

  it('a task force gives to what is below a unit the office has put under it, no member though it is', () => {
    expect(takenFrom('taskForce/TF', ['WC'])).toContain('WC-1');
  });

  it('is told in words that name both, and the way to pass the whole on', () => {
    const [fault] = opened([{ unit: 'WC' }]).faults;
    expect(fault && [wordsOf(fault, 'zh'), wordsOf(fault, 'en')]).toEqual([
      '“WC”不是“DD”的下级单位，不能向它分解；要由它承办，请用“转办”',
      'Not below DD in the organisation: WC takes no part from it; to have it take the assignment over, use transfer',
    ]);
  });
});

const RECEIVED = at('2026-11-23 14:00');
const ARGS = {
  calendar: builtInCalendars.work,
  policy: SHIPPED_POLICIES.standard,
  receivedAt: RECEIVED,
  issuedAt: RECEIVED,
};
const STREET = {
  id: 'd.sites.TF.DD',
  rank: 'd.~000000.~000000.~000003',
  parts: 2,
  item: 'sites',
  taskForce: 'TF',
  dueAt: at('2026-11-24 15:30'),
};
const branch = (code: string, children: DispatchBranch[] = [], due?: DueRule): DispatchBranch => ({
  code,
  path: `receivers.${code}`,
  due,
  children,
});
const all = (branches: readonly Planned[]): Planned[] =>
  branches.flatMap((each) => [each, ...all(each.children)]);

describe('planBelow', () => {
  it('times parts from now by the margins of their levels, within the due time of the assignment they come from', () => {
    const { planned, faults: none } = planBelow(ARGS, STREET, [branch('DD-1', [branch('DD-1-A')])]);
    expect(none).toEqual([]);
    expect(all(planned).map(({ id, dueAt }) => [id, wallOf(dueAt)])).toEqual([
      ['d.sites.TF.DD.DD-1', '2026-11-24 14:00'],
      // The last margin repeats.
      ['d.sites.TF.DD.DD-1.DD-1-A', '2026-11-24 11:00'],
    ]);
    expect(planned[0]).toMatchObject({
      // After the two there are.
      rank: 'd.~000000.~000000.~000003.~000002',
      parent: 'd.sites.TF.DD',
      item: 'sites',
      taskForce: 'TF',
      unit: 'DD-1',
      node: true,
      basis: { by: 'margin', ms: 90 * 60_000 },
      acknowledgeBy: at('2026-11-23 14:30'),
    });
  });

  it('counts a rule from now, and refuses what is due after the level above', () => {
    const due = { within: 'PT1H' };
    expect(wallOf(planBelow(ARGS, STREET, [branch('DD-1', [], due)]).planned[0]?.dueAt ?? 0)).toBe(
      '2026-11-23 15:00',
    );
    const late = planBelow(ARGS, STREET, [branch('DD-1', [], '2026-11-24T15:31:00+08:00')]);
    expect(late.faults).toEqual([
      {
        path: 'receivers.DD-1.due',
        code: 'DUE_AFTER_PARENT',
        params: { parentDueAt: '2026-11-24T07:30:00.000Z' },
      },
    ]);
  });

  it('names the year the calendar does not know', () => {
    const at2027 = { ...STREET, dueAt: at('2027-03-01 09:00') };
    expect(planBelow(ARGS, at2027, [branch('DD-1')]).faults).toMatchObject([
      { code: 'CALENDAR_YEAR_UNKNOWN', params: { year: 2027 } },
    ]);
  });

  it('hands nothing out where no time is left', () => {
    const over = { ...STREET, dueAt: RECEIVED };
    expect(planBelow(ARGS, over, [branch('DD-1')]).faults).toMatchObject([
      { path: 'receivers', code: 'DUE_BEFORE_ISSUE' },
    ]);
  });

  it('makes nothing due after what is above it, nor by now (law 2)', () => {
    const trees = (levels: number): fc.Arbitrary<DispatchBranch> =>
      fc
        .array(levels === 0 ? fc.constant(branch('L')) : trees(levels - 1), { maxLength: 3 })
        .map((children) =>
          branch(
            `N${levels}`,
            children.map((each, n) => ({ ...each, code: `${each.code}-${n}` })),
          ),
        );
    fc.assert(
      fc.property(trees(4), fc.integer({ min: 1, max: 10_000 }), (tree, minutes) => {
        const parent = { ...STREET, dueAt: RECEIVED + minutes * 60_000 };
        const { planned } = planBelow(ARGS, parent, [tree]);
        const check = (above: number, branches: readonly Planned[]): void => {
          for (const { dueAt, children } of branches) {
            expect(dueAt).toBeLessThanOrEqual(above);
            expect(dueAt).toBeGreaterThan(RECEIVED);
            check(dueAt, children);
          }
        };
        check(parent.dueAt, planned);
      }),
    );
  });
});

describe('cutBelow', () => {
  const leaf = (id: string, parent: string): Planned => ({
    id,
    rank: id,
    parent,
    item: 'i',
    taskForce: 'TF',
    unit: id,
    node: false,
    dueAt: 0,
    basis: { by: 'instant' },
    acknowledgeBy: null,
    children: [],
  });
  const parts = (count: number): Planned[] =>
    Array.from({ length: count }, (_, n) => leaf(`d.i.TF.${n}`, 'd.i.TF'));
  const DESK = { id: 'd.i.TF~3', kind: 'unit' as const, node: 'd.i.TF', parent: 'd.i.TF' };

  it('opens one desk for what fits, under the desk it is named below, every part in it once', () => {
    const desks = cutBelow(DESK, parts(4), 5);
    expect(desks.map(({ id, kind, node, parent, unsettled }) => [id, kind, node, parent, unsettled])).toEqual(
      [['d.i.TF~3', 'unit', 'd.i.TF', 'd.i.TF', 4]],
    );
    expect(desks[0]?.rows.map(({ id }) => id)).toEqual(parts(4).map(({ id }) => id));
  });

  it('cuts what does not fit into sections of its own, none above the limit, none lost', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.constantFrom(2, 3, 5, 17), (count, limit) => {
        const desks = cutBelow(DESK, parts(count), limit);
        const rows = desks.flatMap((desk) => desk.rows.map(({ id }) => id));
        expect(rows).toEqual(parts(count).map(({ id }) => id));
        expect(new Set(desks.map(({ id }) => id)).size).toBe(desks.length);
        for (const desk of desks) {
          const below = desks.filter(({ parent }) => parent === desk.id).length;
          expect(desk.unsettled).toBe(desk.rows.length + below);
          expect(desk.unsettled).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it('cuts a first handing-out as the directive itself would have been cut below that node', () => {
    const { plan } = planDirective({
      ...ARGS,
      id: 'd',
      due: '2026-11-25T17:30:00+08:00',
      items: [
        {
          key: 'sites',
          path: 'items[0]',
          due: undefined,
          taskForces: [
            branch(
              'TF',
              Array.from({ length: 12 }, (_, n) => branch(`U${n}`)),
            ),
          ],
        },
      ],
    });
    const roots = plan?.roots ?? [];
    const id = 'd.sites.TF';
    const first = cutBelow({ id, kind: 'taskForce', node: id, parent: 'd' }, roots[0]?.children ?? [], 5);
    expect(first).toEqual(cut('d', roots, 5).slice(1));
    expect(sizeOf(roots)).toBe(13);
  });
});
