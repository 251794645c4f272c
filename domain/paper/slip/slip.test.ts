// Promises of supervision slips: numbers, the places they call to account, since when, and words in both languages.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at, happening } from '../../../tests/support/sample-assignment.ts';
import type { NewEvent } from '../../assignment/happening.ts';
import { Clock } from '../../policy/policy.ts';
import { countersigns, lateSince, SlipColor, slipEventOf, slipNumber, slipYear } from './slip.ts';
import { slipWords, type Slip } from './slip-words.ts';

const ESCALATED = {
  clock: 'due' as const,
  rung: 0,
  after: 'PT0S',
  of: '2026-11-24T06:00:00.000Z',
  notify: [],
  notified: [],
};

const slip = (changes: Partial<Slip> = {}, facts: Partial<Slip['facts']> = {}): Slip => ({
  year: 2026,
  number: 12,
  color: 'red',
  at: '2026-11-24T06:30:00.000Z',
  countersigned: null,
  ...changes,
  facts: {
    office: '区办公室',
    directive: { id: 'd', number: 'L-1', title: '志愿者站点' },
    item: { key: 'sites', title: '站点' },
    holder: '一社区',
    issuer: '东大街道',
    clock: 'due',
    since: '2026-11-24T06:00:00.000Z',
    dueAt: '2026-11-24T06:00:00.000Z',
    rung: 2,
    after: 'PT30M',
    ...facts,
  },
});
const textOf = (of: Slip, language: 'zh' | 'en' = 'zh'): string => JSON.stringify(slipWords(of, language));

describe('a slip’s number', () => {
  it('names the year, the colour and the place in the office’s count', () => {
    expect(slipNumber({ year: 2026, color: 'red', number: 12 })).toBe('督〔2026〕红12号');
  });

  it('begins a new year at midnight in China', () => {
    expect([slipYear(at('2026-12-31 23:59')), slipYear(at('2027-01-01 00:00'))]).toEqual([2026, 2027]);
  });
});

describe('an event', () => {
  it('issues a slip when it is a rung that has one, and countersigns when it is a receipt that counts some', () => {
    const event = (data: object, type = 'escalated') =>
      happening({ type, data } as unknown as NewEvent, at('2026-11-24 14:00'));
    expect(slipEventOf(event({ ...ESCALATED, slip: 'yellow' }))).toMatchObject({ slip: 'yellow' });
    expect(slipEventOf(event(ESCALATED))).toBeNull();
    expect(slipEventOf(event({}, 'acknowledged'))).toBeNull();
    expect(countersigns(event({ slips: 2 }, 'acknowledged'))).toBe(true);
    expect(countersigns(event({ slips: 0 }, 'acknowledged'))).toBe(false);
    expect(countersigns(event({ implied: true }, 'acknowledged'))).toBe(false);
    expect(countersigns(event({ ...ESCALATED, slip: 'red' }))).toBe(false);
  });

  it('is late since its clock ended; a report under review since it came in', () => {
    const of = '2026-11-24T07:00:00.000Z';
    const times = {
      acknowledgeBy: Date.parse(of) - 3,
      dueAt: Date.parse(of) - 2,
      submittedAt: Date.parse(of) - 1,
    };
    const since = (clock: Clock): number => Date.parse(of) - Date.parse(lateSince(times, { clock, of }));
    expect(Clock.options.map(since)).toEqual([3, 2, 1, 0, 0]);
    const none = { acknowledgeBy: null, dueAt: 0, submittedAt: null };
    expect(lateSince(none, { clock: 'acknowledge', of })).toBe(of);
    expect(lateSince(none, { clock: 'review', of })).toBe(of);
  });
});

describe('the words of a slip', () => {
  it('name the receiver, the subject, the delay and its beginning, and the action asked for', () => {
    const words = slipWords(slip(), 'zh');
    expect(words).toMatchObject({ office: '区办公室', title: '红色督办单', number: '督〔2026〕红12号' });
    expect(words.facts).toEqual([
      { label: '被督办单位', text: '一社区' },
      { label: '督办事项', text: '《志愿者站点》（L-1）' },
      { label: '具体任务', text: '站点' },
      { label: '督办事由', text: '应于 2026-11-24 14:00 前报送，至今未报送。' },
      { label: '办理时限', text: '2026-11-24 14:00' },
      { label: '督办级次', text: '第 2 级（超过30分钟）' },
      { label: '办理要求', text: '收到本单后立即报送。' },
    ]);
    expect(words.signature).toEqual(['区办公室', '2026年11月24日']);
  });

  it('of a late receipt name the due time while it is to come', () => {
    const dueAt = '2026-11-24T09:30:00.000Z';
    expect(textOf(slip({}, { clock: 'acknowledge', dueAt }))).toContain('并于 2026-11-24 17:30 前报送');
    expect(textOf(slip({}, { clock: 'acknowledge' }))).not.toContain('并于');
  });

  it('call the issuer to account for its own clocks, and say whose report waits', () => {
    const { facts } = slipWords(slip({}, { clock: 'review' }), 'en');
    expect(facts.slice(0, 3).map(({ text }) => text)).toEqual([
      '东大街道',
      '“志愿者站点” (L-1)',
      '站点 (一社区)',
    ]);
  });

  it('leave the countersignature open until there is one', () => {
    expect(slipWords(slip(), 'zh').countersign.lines.map(({ text }) => text)).toEqual([
      '一社区',
      '（待签收）',
      '（待签收）',
    ]);
    const countersigned = { at: '2026-11-24T07:00:00.000Z', by: '王小明' };
    expect(slipWords(slip({ countersigned }), 'zh').countersign.lines.map(({ text }) => text)).toEqual([
      '一社区',
      '王小明',
      '2026-11-24 15:00',
    ]);
  });

  it('do not say that something is late before it is, nor that the clock called for it', () => {
    const ahead = slip({}, { clock: 'due', since: '2027-01-04T01:00:00.000Z', manual: true });
    expect(textOf(ahead, 'zh')).toContain('应于 2027-01-04 09:00 前报送，尚未报送，上级提前督办。');
    expect(textOf(ahead, 'zh')).toContain('上级手动升级');
    expect(textOf(ahead, 'zh')).not.toMatch(/至今|到时即发/);
    expect(textOf(ahead, 'en')).toContain('raised by hand');
  });

  it('leave no word empty, for every clock, colour, rung and language', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Clock.options),
        fc.constantFrom(...SlipColor.options),
        fc.constantFrom('PT0S', 'PT15M', 'P1D', 'PT2H30M'),
        fc.integer({ min: 1, max: 99_999 }),
        fc.constantFrom('zh' as const, 'en' as const),
        (clock, color, after, number, language) => {
          const of = slip({ color, number }, { clock, after });
          const text = textOf(of, language);
          expect(text).not.toMatch(/undefined|null|NaN|\{t\}|""/);
          expect(text).toContain(slipNumber(of));
          for (const said of ['志愿者站点', 'L-1', '一社区', '区办公室']) expect(text).toContain(said);
        },
      ),
    );
  });
});
