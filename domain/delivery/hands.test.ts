// Promises about changed hands: the people told, their notices, and that each is told once.
import { describe, expect, it } from '@jest/globals';
import {
  changedHands,
  handNotices,
  handsAt,
  nextChangeOfHands,
  type SeatedPerson,
  type HandNotice,
  type Handwork,
} from './hands.ts';
import { notificationText } from './notification-text.ts';
import { toMillis } from '../instant.ts';
import { createDirectory, type Post } from '../organisation/organisation.ts';

const NOW = toMillis('2026-11-27T10:00:00+08:00');
const ids = ['TF-A', 'DD-A', 'DD-B', 'OLD', 'NEW', 'KID'];
const directoryOf = (posts: Post[]) =>
  createDirectory(
    {
      units: [
        { code: 'DD', name: '东大街道', kind: 'street' },
        { code: 'DD-1', name: '一社区', kind: 'community', parent: 'DD' },
        { code: 'DD-1-1', name: '一网格', kind: 'grid', parent: 'DD-1' },
      ],
      people: ids.map((id) => ({ id, name: `名${id}` })),
      posts,
      taskForces: [],
    },
    1,
  );
const BASE: Post[] = [
  { unit: 'DD', role: 'liaisonA', person: 'DD-A' },
  { unit: 'DD', role: 'liaisonB', person: 'DD-B' },
  { unit: 'DD-1-1', role: 'liaisonA', person: 'KID' },
];
const post = (person: string, more: Partial<Post> = {}): Post => ({
  unit: 'DD-1',
  role: 'liaisonA',
  person,
  ...more,
});
const WORK: Handwork = {
  work: [
    { holder: 'unit/DD-1', taskForce: 'TF', issuer: 'unit/DD', open: 9, late: 2 },
    { holder: 'unit/DD-1', taskForce: 'TF2', issuer: 'unit/DD', open: 2, late: 0 },
  ],
  below: [{ holder: 'unit/DD-1', taskForce: 'TF', below: 'unit/DD-1-1' }],
  late: [{ holder: 'unit/DD-1', taskForce: 'TF', assignment: 'd.x', title: '站点' }],
};

function noticesOf(before: Post[], after: Post[], work = WORK): Map<string, HandNotice> {
  const directory = directoryOf([...BASE, ...after]);
  const told: SeatedPerson[] = [...handsAt(directoryOf([...BASE, ...before]), NOW).values()];
  const changed = changedHands(told, handsAt(directory, NOW));
  return new Map(handNotices(changed, work, directory, NOW).map((notice) => [notice.person, notice]));
}
const wordsOf = (notice: HandNotice | undefined): string =>
  notice === undefined
    ? ''
    : notificationText({ type: notice.type, title: null, holder: '', data: notice.data }, 'zh');

describe('a post that passes to another', () => {
  const notices = noticesOf([post('OLD')], [post('NEW')]);

  it('tells the new hand what came with it', () => {
    expect(notices.get('NEW')).toMatchObject({
      type: 'postTaken',
      data: {
        taken: [{ name: '一社区', role: 'liaisonA', open: 11, overdue: 2 }],
        late: [{ assignment: 'd.x', title: '站点' }],
        list: '/assignments?holder=me',
      },
    });
    expect(wordsOf(notices.get('NEW'))).toBe(
      '您已接任岗位，请接手在办任务；一社区联络员 A 岗（在办 11 件，其中逾期 2 件）；逾期：《站点》',
    );
  });

  it('tells the old one that it has ended', () => {
    expect(wordsOf(notices.get('OLD'))).toBe('您的岗位已结束；不再担任一社区联络员 A 岗');
  });

  it('tells the liaisons above and directly below once, and no others', () => {
    for (const person of ['DD-A', 'DD-B', 'KID'])
      expect(wordsOf(notices.get(person))).toBe('对接人员有变动；一社区联络员 A 岗：由名OLD变更为名NEW');
    expect([...notices.keys()].sort()).toEqual(['DD-A', 'DD-B', 'KID', 'NEW', 'OLD']);
  });
});

it('tells one person of everything in one notice', () => {
  const several = [post('NEW'), post('NEW', { role: 'leader' }), post('NEW', { role: 'liaisonB' })];
  const notices = noticesOf([post('OLD')], several);
  expect(notices.get('NEW')?.data.taken).toHaveLength(3);
  expect(notices.get('DD-A')?.data.changes).toHaveLength(3);
});

it('says nothing of a post without work, so that a district’s first day is quiet', () => {
  expect([...noticesOf([], [post('NEW')], { work: [], below: [], late: [] }).keys()]).toEqual([]);
});

it('counts for a liaison named for one task force its work alone', () => {
  const notices = noticesOf([], [post('NEW', { taskForce: 'TF2' })]);
  expect(notices.get('NEW')?.data).toMatchObject({ taken: [{ open: 2, overdue: 0 }], late: [] });
  expect(notices.has('KID')).toBe(false);
});

describe('a dated post', () => {
  const dated = post('NEW', { from: '2026-11-27T11:00:00+08:00', to: '2026-11-28' });

  it('is not told before it begins', () => {
    expect([...noticesOf([], [dated]).keys()]).toEqual([]);
  });

  it('asks to be looked at when it begins and when it ends', () => {
    const directory = directoryOf([dated]);
    const begins = toMillis('2026-11-27T11:00:00+08:00');
    expect(nextChangeOfHands(directory, NOW)).toBe(begins);
    expect(nextChangeOfHands(directory, begins)).toBe(toMillis('2026-11-29T00:00:00+08:00'));
    expect(nextChangeOfHands(directoryOf([post('NEW')]), NOW)).toBeNull();
  });
});
