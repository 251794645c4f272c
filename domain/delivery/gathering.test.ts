// Promises about the notices of one moment to one person.
import { describe, expect, it } from '@jest/globals';
import { gatherMoment, type Telling } from './gathering.ts';

const telling = (more: Partial<Telling> = {}): Telling => ({
  type: 'reminded',
  directive: 'd',
  assignment: 'd.sites.TF.S1',
  data: { clock: 'review', of: '2026-11-27T02:00:00.000Z' },
  people: ['P'],
  ...more,
});
const rung = (more: Partial<Telling> = {}, data: Record<string, unknown> = {}): Telling =>
  telling({ type: 'escalated', ...more, data: { clock: 'review', rung: 0, ...data } });

const said = (...tellings: Telling[]): unknown[] =>
  gatherMoment(tellings).map(({ telling: { type, assignment }, person, data }) =>
    data['others'] === undefined ? [person, type, assignment] : [person, type, assignment, data['others']],
  );

describe('of one assignment and one clock', () => {
  it('says the rung, not the reminder beside it', () => {
    expect(said(telling(), rung())).toEqual([['P', 'escalated', 'd.sites.TF.S1']]);
  });

  it('says the rung with a slip, not another beside it, whichever comes last', () => {
    const slip = rung({}, { rung: 1, slip: 'red' });
    for (const both of [
      [slip, rung()],
      [rung(), slip],
    ])
      expect(gatherMoment(both).map(({ data }) => data['slip'])).toEqual(['red']);
  });

  it('says what is overdue once, with its reminder', () => {
    const overdue = telling({ type: 'overdue', data: { waiting: true } });
    expect(said(overdue, telling({ data: { clock: 'due' } }))).toEqual([['P', 'overdue', 'd.sites.TF.S1']]);
  });

  it('still reminds people the rung does not reach', () => {
    expect(said(telling({ people: ['P', 'Q'] }), rung())).toEqual([
      ['P', 'escalated', 'd.sites.TF.S1'],
      ['Q', 'reminded', 'd.sites.TF.S1'],
    ]);
  });

  it('keeps clocks apart', () => {
    expect(said(telling(), telling({ data: { clock: 'due' } }))).toHaveLength(2);
  });
});

describe('of many assignments alike', () => {
  const twenty = Array.from({ length: 20 }, (_, n) => `d.sites.TF.S${n}`);

  it('tells twenty late reviews, forty events, as one notice that names the others', () => {
    const events = twenty.flatMap((assignment) => [telling({ assignment }), rung({ assignment })]);
    const [only, ...more] = gatherMoment(events);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ person: 'P', telling: { type: 'escalated', assignment: twenty[0] } });
    expect(only?.data).toMatchObject({ others: 19, also: twenty.slice(1) });
  });

  it('counts more than it names', () => {
    const many = Array.from({ length: 500 }, (_, n) => telling({ assignment: `d.sites.TF.U${n}` }));
    const [only] = gatherMoment(many);
    expect(only?.data).toMatchObject({ others: 499 });
    expect(only?.data['also']).toHaveLength(50);
  });

  it('keeps apart slips, rungs, reminders of another time, what is pressed by hand, and directives', () => {
    const [one, two] = ['d.sites.TF.S1', 'd.sites.TF.S2'];
    const pairs: [Telling, Telling][] = [
      [rung({ assignment: one }, { slip: 'red' }), rung({ assignment: two }, { slip: 'red' })],
      [rung({ assignment: one }), rung({ assignment: two }, { rung: 1 })],
      [rung({ assignment: one }, { manual: true }), rung({ assignment: two }, { manual: true })],
      [
        telling({ assignment: one, data: { clock: 'due', before: 'PT2H' } }),
        telling({ assignment: two, data: { clock: 'due', before: 'PT30M' } }),
      ],
      [telling({ assignment: one }), telling({ assignment: two, directive: 'e' })],
    ];
    for (const pair of pairs) expect(said(...pair)).toHaveLength(2);
  });

  it('urges a person who owes two parts of a directive once', () => {
    const both = ['d.a', 'd.b'].map((assignment) =>
      telling({ type: 'urged', assignment, data: { by: 'A', note: '请抓紧' } }),
    );
    expect(said(...both)).toEqual([['P', 'urged', 'd.a', 1]]);
  });

  it('says what is no clock’s each for itself, in the order told', () => {
    const issued = ['d.a', 'd.b'].map((assignment) => telling({ type: 'issued', data: {}, assignment }));
    expect(said(...issued)).toEqual([
      ['P', 'issued', 'd.a'],
      ['P', 'issued', 'd.b'],
    ]);
  });
});

it('says thirty urges by one person once, and another person’s for itself', () => {
  const urge = (by: string): Telling => telling({ type: 'urged', data: { by } });
  expect(said(...Array.from({ length: 30 }, () => urge('A')), urge('B'))).toHaveLength(2);
});
