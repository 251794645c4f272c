// Promises of the tables of events: each reads every shape ever written, and nothing else.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EVERY_EVENT } from '../../../tests/support/every-event.ts';
import { EVENT_DATA } from '../happening.ts';
import { DIRECTIVE_EVENT_DATA } from '../../directive/directive-event-data.ts';

type Schemas = Record<string, { parse: (data: unknown) => unknown }>;
const OF_ASSIGNMENTS: Schemas = EVENT_DATA;
const OF_DIRECTIVES: Schemas = DIRECTIVE_EVENT_DATA;

/** Shapes of the first releases that nothing writes any more. */
const OLD: readonly (readonly [type: string, data: object])[] = [
  [
    'issued',
    {
      item: 'i',
      parent: null,
      taskForce: 'T',
      unit: null,
      holder: 'taskForce/T',
      node: true,
      dueAt: 'x',
      acknowledgeBy: null,
    },
  ],
  ['transferred', { from: 'unit/A', to: 'unit/B', reason: 'r' }],
  ['escalated', { clock: 'due', rung: 0, after: 'PT0S', of: 'x', notify: [], notified: [] }],
  ['reminded', { clock: 'due', notified: [] }],
  ['urged', { notified: [] }],
];

/** The log of an installation of the release before, as PostgreSQL dumped it. */
function released(): { assignment: string | null; type: string; data: unknown }[] {
  const dump = readFileSync(path.join(import.meta.dirname, '../../../tests/production/released.sql'), 'utf8');
  const from = dump.indexOf('COPY public.event (');
  const lines = dump.slice(dump.indexOf('\n', from) + 1, dump.indexOf('\n\\.', from)).split('\n');
  return lines.map((line) => {
    const cells = line.split('\t');
    const data: unknown = JSON.parse((cells[12] ?? '').replaceAll('\\\\', '\\'));
    return { assignment: cells[5] === '\\N' ? null : (cells[5] ?? ''), type: cells[6] ?? '', data };
  });
}

describe('the tables of events', () => {
  it.each(EVERY_EVENT.map(({ type, data }) => [type, data] as const))(
    'read what is written of %s',
    (type, data) => {
      expect(OF_ASSIGNMENTS[type]?.parse(data)).toEqual(data);
    },
  );

  it.each(OLD)('read %s as it was written at first', (type, data) => {
    expect(OF_ASSIGNMENTS[type]?.parse(data)).toEqual(data);
  });

  it('read the log of an installation of the release before', () => {
    const events = released();
    expect(events.length).toBeGreaterThan(40);
    for (const { assignment, type, data } of events)
      expect((assignment === null ? OF_DIRECTIVES : OF_ASSIGNMENTS)[type]?.parse(data)).toEqual(data);
  });
});
