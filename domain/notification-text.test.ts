// What notifications say, and that no data whatever makes them fail.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { notificationText, type Notice } from './notification-text.ts';

const notice = (type: string, data: Record<string, unknown> = {}): Notice => ({
  type,
  title: '志愿者站点',
  holder: '东大街道',
  data,
});

describe('the text of a notification', () => {
  it.each<[string, Record<string, unknown>, string, string]>([
    [
      'issued',
      { dueAt: '2026-11-24T09:30:00.000Z' },
      '新任务，请签收：《志愿者站点》，东大街道；时限 2026-11-24 17:30',
      'New assignment, please acknowledge: “志愿者站点”, 东大街道; due 2026-11-24 17:30',
    ],
    [
      'returned',
      { reason: '数据不符' },
      '已退回，请重报：《志愿者站点》，东大街道；数据不符',
      'Returned, please submit again: “志愿者站点”, 东大街道; 数据不符',
    ],
    [
      'reminded',
      { clock: 'due', before: 'PT2H30M' },
      '提醒：请按时报送：《志愿者站点》，东大街道；距时限 2小时30分钟',
      'Reminder: report due: “志愿者站点”, 东大街道; 2 h 30 min before it is due',
    ],
    [
      'escalated',
      { clock: 'due', slip: 'red', after: 'PT0S' },
      '提级：逾期未报送：《志愿者站点》，东大街道；红色督办单',
      'Escalated: report overdue: “志愿者站点”, 东大街道; red slip',
    ],
    [
      'rolledUp',
      { coverage: { expected: 36, reported: 35, approved: 30 }, final: false },
      '汇总已上报，请审核：《志愿者站点》，东大街道；报送 35/36',
      'Merged report sent up, please review: “志愿者站点”, 东大街道; 35 of 36 reported',
    ],
    [
      'closed',
      { outcome: 'missing' },
      '已办结，未报送：《志愿者站点》，东大街道',
      'Closed without a report: “志愿者站点”, 东大街道',
    ],
    ['somethingNew', {}, '有新动态：《志愿者站点》，东大街道', 'News: “志愿者站点”, 东大街道'],
  ])('of %s says what and until when', (type, data, zh, en) => {
    expect(notificationText(notice(type, data), 'zh')).toBe(zh);
    expect(notificationText(notice(type, data), 'en')).toBe(en);
  });

  it('cuts a long reason', () => {
    expect(notificationText(notice('cancelled', { reason: '长'.repeat(2000) }), 'zh').length).toBeLessThan(
      260,
    );
  });

  it('never fails, whatever an event carries', () => {
    const anything = fc.dictionary(
      fc.constantFrom('dueAt', 'before', 'clock', 'slip', 'coverage', 'reason', 'outcome', 'note'),
      fc.oneof(
        fc.anything(),
        fc.constantFrom(
          'P',
          'PT',
          'P1D',
          'PD',
          '2026-13-01T00:00:00Z',
          '9999-12-31T23:59:59Z',
          'constructor',
          'toString',
        ),
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom('issued', 'reminded', 'escalated', 'closed', 'toString'),
        anything,
        (type, data) => {
          expect(typeof notificationText(notice(type, data), 'zh')).toBe('string');
          expect(typeof notificationText(notice(type, data), 'en')).toBe('string');
        },
      ),
    );
  });
});
