// Promises about messages to a group.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupMessages, MAX_MESSAGE_BYTES, mobileOf, type GroupNotice } from './robot-text.ts';

const notice = (id: number, name: string, line: string, mobile: string | null = null): GroupNotice => ({
  id,
  name,
  mobile,
  lines: [line],
});

describe('a group', () => {
  it('is told once what several of its people are told', () => {
    const messages = groupMessages(
      [
        notice(1, '甲', '新任务', '13800000001'),
        notice(2, '乙', '新任务', '13800000002'),
        notice(3, '甲', '已退回', '13800000001'),
      ],
      '【专班】',
    );
    expect(messages).toEqual([
      { ids: [1, 2, 3], text: '【专班】新任务 @甲 @乙\n已退回 @甲', mobiles: ['13800000001', '13800000002'] },
    ]);
  });

  it('gets every notice in some message, none longer than robots take', () => {
    const notices = fc.array(
      fc.tuple(fc.string({ unit: 'grapheme', maxLength: 1500 }), fc.constantFrom('甲', '乙', '')),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(notices, (given) => {
        const messages = groupMessages(
          given.map(([line, name], id) => notice(id, name, line)),
          '【专班】',
        );
        for (const { text } of messages)
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
        expect(messages.flatMap(({ ids }) => ids).sort((a, b) => a - b)).toEqual(given.map((_, id) => id));
      }),
      { numRuns: 50 },
    );
  });
});

it.each([
  ['13812345678', '13812345678'],
  ['+86 138-1234-5678', '13812345678'],
  ['0571-8888', null],
  [null, null],
])('%s as a mobile number is %s', (phone, mobile) => {
  expect(mobileOf(phone)).toBe(mobile);
});
