// Promises of the dispatch: groups and children opened against the L district, and every bad input named by its place.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DirectiveRequest, type Dispatch } from './directive.ts';
import { openDispatch, type DispatchBranch } from './dispatch.ts';
import { createDirectory, OrganisationFile } from '../organisation/organisation.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../demo/l-district/${name}.json`, import.meta.url), 'utf8'));
const district = OrganisationFile.parse(read('organisation'));
const directory = createDirectory(district, 1);
const STREETS = ['DD', 'WC', 'JX', 'YL', 'XG', 'QP', 'ST', 'HT', 'MW', 'SX', 'ZY', 'BL'];

type Receivers = readonly object[] | object;
/** Opens one item dispatched to the volunteers' task force. */
function opened(receivers: Receivers, against = directory) {
  return openedAll([{ taskForce: 'TF-ZY', receivers }], against);
}
function openedAll(dispatch: unknown, against = directory, directive = 'volunteer-sites') {
  const item = { key: 'sites', title: 'sites', dispatch };
  const request = DirectiveRequest.parse({ number: '1', title: 't', due: { within: 'PT4H' }, items: [item] });
  return openDispatch(request, against, directive);
}
const faultsOf = (...args: Parameters<typeof opened>): string[] =>
  opened(...args).faults.map(({ path, code }) => `${path} ${code}`);
const tree = (branches: readonly DispatchBranch[]): string =>
  branches.map(({ code, children }) => (children.length > 0 ? `${code}(${tree(children)})` : code)).join(' ');
const units = (receivers: Receivers): string =>
  tree(opened(receivers).items[0]?.taskForces[0]?.children ?? []);

describe('openDispatch', () => {
  it('opens the district’s own directive without a fault: twelve streets, three communities each', () => {
    const request = DirectiveRequest.parse(read('volunteer-sites.directive'));
    const { items, faults } = openDispatch(request, directory, 'volunteer-sites');
    const streets = items.flatMap((item) => item.taskForces).flatMap((force) => force.children);
    expect(faults).toEqual([]);
    expect(streets.map(({ children }) => children.length)).toEqual(Array(12).fill(3));
  });

  it('draws a group from the task force’s members, in their order', () => {
    expect(units({ group: 'street' })).toBe(STREETS.filter((code) => kindOf(code) === 'street').join(' '));
    expect(units([{ group: 'department', except: ['XCB', 'JYJ'] }])).toBe('FLH ZGH');
  });

  it('gives each unit of a group all its own children, and draws a group below a unit from those', () => {
    expect(units([{ unit: 'DD', receivers: 'children' }])).toBe('DD(DD-1 DD-2 DD-3)');
    expect(units([{ unit: 'DD', receivers: { group: 'community', except: ['DD-2'] } }])).toBe(
      'DD(DD-1 DD-3)',
    );
    const [first] = units({ group: 'street', except: STREETS.slice(1), receivers: 'children' }).split(' ');
    expect(first).toBe('DD(DD-1');
  });

  it('keeps the due times given, and of a group gives its own to each', () => {
    const due = { within: 'PT2H' };
    const force = opened([
      { unit: 'DD', due },
      { group: 'department', due },
    ]).items[0]?.taskForces[0];
    expect(force?.children.map((branch) => branch.due)).toEqual(Array(5).fill(due));
    expect(force?.children.map((branch) => branch.path)).toEqual([
      'items[0].dispatch[0].receivers[0]',
      ...Array<string>(4).fill('items[0].dispatch[0].receivers[1]'),
    ]);
  });

  it('lets a task force without receivers report itself', () => {
    expect(openedAll([{ taskForce: 'TF-ZY' }])).toMatchObject({
      faults: [],
      items: [{ taskForces: [{ children: [] }] }],
    });
  });

  it('lets one unit receive under two nodes, for they are two assignments', () => {
    const twice = [
      { unit: 'DD', receivers: [{ unit: 'WC-1' }] },
      { unit: 'WC', receivers: [{ unit: 'WC-1' }] },
    ];
    expect(faultsOf(twice)).toEqual([]);
  });
});

const HERE = 'items[0].dispatch[0].receivers';

describe('openDispatch refuses, naming the place,', () => {
  it.each<[string, Receivers, string[]]>([
    ['an unknown unit', [{ unit: 'DD' }, { unit: 'NO' }], [`${HERE}[1].unit UNKNOWN_UNIT`]],
    [
      'an unknown unit deep below',
      [{ unit: 'DD', receivers: [{ unit: 'NO' }] }],
      [`${HERE}[0].receivers[0].unit UNKNOWN_UNIT`],
    ],
    ['a unit twice under one node', [{ unit: 'DD' }, { unit: 'DD' }], [`${HERE}[1].unit REPEATED`]],
    [
      'a group that holds a unit named beside it',
      [{ unit: 'DD' }, { group: 'street', except: STREETS.slice(1) }],
      [`${HERE}[1].group REPEATED`],
    ],
    [
      'a receiver that is its own ancestor',
      [{ unit: 'DD', receivers: [{ unit: 'DD-1', receivers: [{ unit: 'DD' }] }] }],
      [`${HERE}[0].receivers[0].receivers[0].unit OWN_ANCESTOR`],
    ],
    [
      'a unit whose children lead back to it',
      [{ unit: 'XCB', receivers: [{ unit: 'OFFICE', receivers: 'children' }] }],
      [`${HERE}[0].receivers[0].receivers OWN_ANCESTOR`],
    ],
    ['a group without a unit', { group: 'village' }, [`${HERE}.group EMPTY_GROUP`]],
    [
      'a group of which all are excepted',
      [{ group: 'street', except: STREETS }],
      [`${HERE}[0].group EMPTY_GROUP`],
    ],
    [
      'an unknown unit among the excepted',
      { group: 'street', except: ['NO'] },
      [`${HERE}.except[0] UNKNOWN_UNIT`],
    ],
  ])('%s', (_, receivers, expected) => {
    expect(faultsOf(receivers)).toEqual(expected);
  });

  it('an unknown task force, one named twice, and an item key used twice', () => {
    const { faults } = openedAll([{ taskForce: 'NO' }, { taskForce: 'TF-ZY' }, { taskForce: 'TF-ZY' }]);
    expect(faults.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'items[0].dispatch[0].taskForce UNKNOWN_TASK_FORCE',
      'items[0].dispatch[2].taskForce REPEATED',
    ]);
    const item = { key: 'a', title: 'a', dispatch: [{ taskForce: 'TF-ZY' }] as Dispatch[] };
    const request = DirectiveRequest.parse({
      number: '1',
      title: 't',
      due: { within: 'PT4H' },
      items: [item, item],
    });
    expect(openDispatch(request, directory, 'd').faults).toEqual([
      { path: 'items[1].key', code: 'REPEATED', params: { value: 'a' } },
    ]);
  });

  it('the thirteenth level, not the twelfth', () => {
    const chain = (levels: number): Receivers => {
      let receivers: object[] = [];
      for (let level = levels; level > 0; level -= 1) receivers = [{ unit: codes[level], receivers }];
      return receivers;
    };
    const codes = district.units.map(({ code }) => code);
    expect(faultsOf(chain(11))).toEqual([]);
    expect(opened(chain(12)).faults).toMatchObject([{ code: 'TOO_DEEP', params: { max: 12 } }]);
  });

  it('an id of more than 240 bytes', () => {
    const long = (n: number): string => `U${n}`.padEnd(40, '-');
    const units = Array.from({ length: 6 }, (_, n) => ({ code: long(n), name: 'x', kind: 'street' }));
    const big = createDirectory({ ...district, units: [...district.units, ...units] }, 1);
    const receivers = units.reduceRight<object[]>(
      (below, { code }) => [{ unit: code, receivers: below }],
      [],
    );
    expect(opened(receivers, big).faults).toMatchObject([{ code: 'TOO_LONG', params: { max: 240 } }]);
  });
});

describe('openDispatch at its size', () => {
  const units = Array.from({ length: 100_001 }, (_, n) => ({
    code: `U${n}`,
    name: 'x',
    kind: 'village',
    parent: `P${n % 60}`,
  }));
  const parents = Array.from({ length: 60 }, (_, n) => ({ code: `P${n}`, name: 'x', kind: 'town' }));
  const force = {
    code: 'BIG',
    name: 'x',
    office: 'OFFICE',
    members: parents.map(({ code }) => code),
    posts: [],
  };
  const big = createDirectory({ ...district, units: [...units, ...parents], taskForces: [force] }, 1);
  const listed = (count: number) => units.slice(0, count).map(({ code }) => ({ unit: code }));
  const TOO_MANY = [{ path: 'items', code: 'TOO_MANY', params: { max: 100_000 } }];

  it('takes 100,000 leaves below any number of nodes, and refuses one more, listed or drawn', () => {
    expect(openedAll([{ taskForce: 'BIG', receivers: listed(100_000) }], big).faults).toEqual([]);
    expect(openedAll([{ taskForce: 'BIG', receivers: listed(100_001) }], big)).toEqual({
      items: [],
      faults: TOO_MANY,
    });
    const drawn = [{ taskForce: 'BIG', receivers: { group: 'town', receivers: 'children' } }];
    expect(openedAll(drawn, big).faults).toEqual(TOO_MANY);
    const less = createDirectory(
      { ...district, units: [...units.slice(1), ...parents], taskForces: [force] },
      1,
    );
    expect(openedAll(drawn, less).faults).toEqual([]);
  });

  it('names a hundred faults and no more', () => {
    const receivers = Array.from({ length: 500 }, (_, n) => ({ unit: `NO${n}` }));
    expect(openedAll([{ taskForce: 'BIG', receivers }], big).faults).toHaveLength(100);
  });
});

function kindOf(code: string): string | undefined {
  return directory.units.get(code)?.kind;
}
