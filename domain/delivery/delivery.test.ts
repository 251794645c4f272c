// Promises about which deliveries an event calls for.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import { PersonalChannel } from './channel.ts';
import { isFloor } from './notices.ts';
import {
  collapseWithin,
  personalDeliveries,
  pressureOf,
  webhookDeliveries,
  type NewDelivery,
  type Occasion,
} from './delivery.ts';
import { toIso, toMillis } from '../instant.ts';
import { createDirectory } from '../organisation/organisation.ts';
import { Preferences } from './preferences.ts';
import { createRouting, type RoutedEndpoint, type Routing } from './routing.ts';

/** A Friday, 10:00 in China: the next digest is at 14:00. */
const NOW = toMillis('2026-11-27T10:00:00+08:00');
const DIGEST = '2026-11-27T06:00:00.000Z';

const directory = createDirectory(
  {
    units: [
      { code: 'OFFICE', name: '区办公室', kind: 'office' },
      { code: 'DD', name: '东大街道', kind: 'street' },
      { code: 'DD-1', name: '一社区', kind: 'community', parent: 'DD' },
    ],
    people: [
      { id: 'A', name: '甲', email: 'a@example.org' },
      { id: 'B', name: '乙' },
      { id: 'STREET', name: '街', email: 's@example.org' },
      { id: 'AWAY', name: '外', unit: 'DD' },
    ],
    posts: [
      { unit: 'DD-1', role: 'liaisonA', person: 'A' },
      { unit: 'DD-1', role: 'liaisonB', person: 'B' },
      { unit: 'DD', role: 'leader', person: 'STREET' },
    ],
    taskForces: [],
  },
  1,
);

const robot = (id: string, kind: RoutedEndpoint['kind'], place: RoutedEndpoint['place']): RoutedEndpoint => ({
  id,
  kind,
  place,
  types: null,
});
const ENDPOINTS = [
  robot('group-1', 'dingtalk', 'unit/DD-1'),
  robot('group-dd', 'wecom', 'unit/DD'),
  robot('bridge', 'webhook', null),
];

const routing = (
  preferences: Record<string, Partial<Preferences>> = {},
  more: { mail?: boolean; endpoints?: RoutedEndpoint[] } = {},
): Routing =>
  createRouting(
    {
      version: 1,
      gatherMs: 0,
      mail: more.mail ?? true,
      workdays: builtInCalendars.work,
      preferences: new Map(Object.entries(preferences).map(([id, each]) => [id, Preferences.parse(each)])),
    },
    more.endpoints ?? ENDPOINTS,
  );

type Told = Occasion & { people: readonly string[] };
const occasion = (more: Partial<Told> = {}): Told => ({
  type: 'issued',
  directive: 'd',
  assignment: 'd.sites.TF.DD.DD-1',
  desk: 'd.sites.TF',
  seq: 3,
  at: toIso(NOW),
  data: { title: '题' },
  urgency: 'normal',
  standing: {
    holder: 'unit/DD-1',
    above: ['taskForce/TF', 'unit/DD'],
    office: 'OFFICE',
    taskForce: 'TF',
    target: null,
    shared: [],
  },
  people: ['A'],
  ...more,
});

const personal = (event: Told, by: Routing): NewDelivery[] =>
  event.people.flatMap((person) => personalDeliveries(event, person, by, directory, NOW));
const waysOf = ({ channel, endpoint, chain }: NewDelivery): string[] =>
  [{ channel, endpoint }, ...chain].map((way) => way.endpoint ?? way.channel);

describe('the ways to a person', () => {
  it('are mail first, then the robot of the place they are told at', () => {
    expect(personal(occasion({ people: ['A', 'B', 'STREET', 'AWAY'] }), routing()).map(waysOf)).toEqual([
      ['mail', 'group-1'],
      ['group-1'],
      ['mail', 'group-dd'],
      ['group-dd'],
    ]);
  });

  it('are none without mail and without a robot', () => {
    expect(personal(occasion({ people: ['B'] }), routing({}, { endpoints: [] }))).toEqual([]);
    expect(personal(occasion(), routing({}, { mail: false, endpoints: [] }))).toEqual([]);
  });

  it('follow the order a person has chosen', () => {
    const [delivery] = personal(occasion(), routing({ A: { channels: ['dingtalk', 'mail'] } }));
    expect(delivery && waysOf(delivery)).toEqual(['group-1', 'mail']);
  });

  it('are the usual ones where the chosen ones do not reach the person', () => {
    const [delivery] = personal(occasion(), routing({ A: { channels: ['feishu'] } }));
    expect(delivery && waysOf(delivery)).toEqual(['mail', 'group-1']);
  });

  it('leave out a robot that does not hear of the event', () => {
    const deaf = { ...robot('group-1', 'dingtalk', 'unit/DD-1'), types: ['returned'] };
    const [delivery] = personal(occasion(), routing({}, { endpoints: [deaf] }));
    expect(delivery && waysOf(delivery)).toEqual(['mail']);
  });
});

describe('webhooks', () => {
  const hooks = (event: Occasion, endpoint: RoutedEndpoint): NewDelivery[] =>
    webhookDeliveries(event, routing({}, { endpoints: [endpoint] }), NOW);
  it('take an event once, however many people are told', () => {
    const [only, ...more] = hooks(occasion({ people: ['A', 'B'] }), robot('bridge', 'webhook', null));
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      endpoint: 'bridge',
      person: null,
      collapse: null,
      due_at: toIso(NOW),
      chain: [],
    });
  });

  it('hear of events no person is told of', () => {
    expect(
      hooks(occasion({ type: 'acknowledged', people: [] }), robot('bridge', 'webhook', null)),
    ).toHaveLength(1);
  });

  it('of a place hear of what it holds or has handed out, and of nothing else', () => {
    const heard = (place: RoutedEndpoint['place']): number =>
      hooks(occasion(), robot('bridge', 'webhook', place)).length;
    expect([heard('unit/DD-1'), heard('unit/DD'), heard('unit/OFFICE')]).toEqual([1, 1, 0]);
  });
});

describe('when', () => {
  it.each([
    ['issued', {}, 'normal', 'prompt'],
    ['returned', {}, 'normal', 'prompt'],
    ['rolledUp', {}, 'normal', 'patient'],
    ['escalated', {}, 'normal', 'prompt'],
    ['cancelled', {}, 'normal', 'prompt'],
    ['escalated', { slip: 'red' }, 'normal', 'floor'],
    ['overdue', {}, 'normal', 'floor'],
    ['receiptOverdue', {}, 'normal', 'floor'],
    ['rolledUp', {}, 'urgent', 'urgent'],
    ['overdue', {}, 'critical', 'urgent'],
    ['somethingNew', {}, 'normal', 'patient'],
  ])('%s %j of a directive that is %s is %s', (type, data, urgency, pressure) => {
    expect(pressureOf(type, data, urgency)).toBe(pressure);
  });

  it('what can wait waits for the next digest', () => {
    expect(personal(occasion({ type: 'rolledUp' }), routing())[0]).toMatchObject({
      digest: true,
      due_at: DIGEST,
    });
    expect(personal(occasion(), routing())[0]).toMatchObject({ digest: false, due_at: toIso(NOW) });
  });
});

describe('the floor', () => {
  it('is still told to a person who has switched everything off', () => {
    const off = routing({ A: { channels: [] } });
    expect(personal(occasion({ type: 'overdue' }), off)[0]).toMatchObject({
      state: 'waiting',
      channel: 'mail',
    });
    expect(personal(occasion(), off)[0]).toMatchObject({
      state: 'suppressed',
      digest: false,
      collapse: null,
    });
  });

  it('is never suppressed, put into a digest or collapsed, with any preferences', () => {
    const preferences = fc.record({
      channels: fc.option(fc.uniqueArray(fc.constantFrom(...PersonalChannel.options))),
      quietHours: fc.option(fc.constantFrom({ from: '22:00', to: '07:00' }, { from: '09:00', to: '11:00' })),
      digest: fc.boolean(),
    });
    const floor = fc.constantFrom<[string, Record<string, unknown>]>(
      ['overdue', {}],
      ['receiptOverdue', {}],
      ['escalated', { slip: 'yellow' }],
    );
    const urgency = fc.constantFrom('normal', 'urgent', 'critical');
    fc.assert(
      fc.property(preferences, floor, urgency, (wanted, [type, data], directive) => {
        expect(isFloor(type, data)).toBe(true);
        const [delivery] = personal(occasion({ type, data, urgency: directive }), routing({ A: wanted }));
        expect(delivery).toMatchObject({ state: 'waiting', digest: false, collapse: null });
        // At once, or where it does not press when the quiet hours end.
        const isQuiet = wanted.quietHours?.from === '09:00' && directive === 'normal';
        expect(delivery?.due_at).toBe(isQuiet ? '2026-11-27T03:00:00.000Z' : toIso(NOW));
      }),
    );
  });
});

describe('collapsing', () => {
  it('makes one of those of one key, in the words of the last', () => {
    const [first] = personal(occasion({ data: { n: 1 } }), routing());
    const [second] = personal(occasion({ data: { n: 2 } }), routing());
    if (!first || !second) throw new Error('no deliveries');
    expect(first.collapse).toBe(second.collapse);
    expect(collapseWithin([first, second])).toEqual([{ ...first, data: { n: 2 } }]);
  });

  it('keeps apart people, types and assignments, and all that has no key', () => {
    const all = [
      ...personal(occasion({ people: ['A', 'STREET'] }), routing()),
      ...personal(occasion({ type: 'returned' }), routing()),
      ...personal(occasion({ assignment: 'd.sites.TF.DD' }), routing()),
      ...personal(occasion({ type: 'overdue' }), routing()),
      ...personal(occasion({ type: 'overdue' }), routing()),
    ];
    expect(all).toHaveLength(6);
    expect(collapseWithin(all)).toEqual(all);
  });
});

describe('a minute’s company', () => {
  const gathering: Routing = { ...routing(), gatherMs: 60_000 };
  const dueAt = (event: Told): string | undefined => personal(event, gathering)[0]?.due_at;

  it('is waited for by what is prompt and by the floor, so that twenty reminders are one message', () => {
    for (const type of ['issued', 'reminded', 'overdue'])
      expect(dueAt(occasion({ type }))).toBe(toIso(NOW + 60_000));
  });

  it('is not waited for by what is urgent, nor by a digest, which is company itself', () => {
    expect(dueAt(occasion({ urgency: 'urgent' }))).toBe(toIso(NOW));
    expect(dueAt(occasion({ type: 'rolledUp' }))).toBe(DIGEST);
  });
});

it('keeps two people’s urges apart and one person’s together', () => {
  const urge = (by: string): NewDelivery[] =>
    personal(occasion({ type: 'urged', data: { by, note: by } }), routing());
  expect(collapseWithin([...urge('X'), ...urge('X'), ...urge('Y')])).toHaveLength(2);
});
