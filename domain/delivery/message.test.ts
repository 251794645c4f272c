// Promises about deliveries in words.
import { describe, expect, it } from '@jest/globals';
import { composeDigest, MAX_LINES } from './digest.ts';
import { DIGEST, messageOf, TEST } from './message.ts';
import { createDirectory } from '../organisation/organisation.ts';

const directory = createDirectory(
  { units: [{ code: 'DD', name: '东大街道', kind: 'street' }], people: [], posts: [], taskForces: [] },
  1,
);
const issued = (n: number) => ({
  type: 'issued',
  assignment: `d.sites.TF.DD`,
  at: '',
  data: { title: `题${n}`, holder: 'unit/DD' },
});

describe('a message', () => {
  it('says in its headline what it is about, in the reader’s language', () => {
    expect(messageOf(issued(1), directory, 'zh')).toEqual({
      headline: '新任务，请签收：《题1》，东大街道',
      lines: ['新任务，请签收：《题1》，东大街道'],
    });
    expect(messageOf(issued(1), directory, 'en').headline).toBe(
      'New assignment, please acknowledge: “题1”, 东大街道',
    );
  });

  it('cuts a headline that is too long to read, and never breaks a line in it', () => {
    const long = { ...issued(1), data: { title: `长\r\nBcc: x@y${'长'.repeat(500)}`, holder: 'unit/DD' } };
    const { headline } = messageOf(long, directory, 'zh');
    expect(Array.from(headline).length).toBeLessThan(140);
    expect(headline).not.toMatch(/[\r\n]/);
  });

  it('of a digest has a line for each notice, and says how many it leaves out', () => {
    const twenty = composeDigest(
      20,
      Array.from({ length: 20 }, (_, n) => issued(n)),
    );
    const whole = messageOf({ type: DIGEST, assignment: null, data: twenty }, directory, 'zh');
    expect(whole.headline).toBe('您有 20 条动态');
    expect(whole.lines).toHaveLength(20);
    const many = composeDigest(
      500,
      Array.from({ length: 40 }, (_, n) => issued(n)),
    );
    const { lines } = messageOf({ type: DIGEST, assignment: null, data: many }, directory, 'en');
    expect(lines).toHaveLength(MAX_LINES + 1);
    expect(lines.at(-1)).toBe('… and 470 more in the application');
  });

  it('of a test says that it is one', () => {
    expect(messageOf({ type: TEST, assignment: null, data: {} }, directory, 'zh').lines).toEqual([
      '测试消息：通道可用',
    ]);
  });
});
