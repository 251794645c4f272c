// The texts of notifications, and that no data makes them fail.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EVERY_EVENT } from '../../tests/support/every-event.ts';
import { notificationText, type NoticeFacts } from './notification-text.ts';

const notice = (type: string, data: Record<string, unknown> = {}): NoticeFacts => ({
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
      'submitted',
      { version: 1, onTime: true, onBehalf: true },
      '上级已代为报送，请核对：《志愿者站点》，东大街道',
      'Reported on your behalf by the level above, please check: “志愿者站点”, 东大街道',
    ],
    [
      'presented',
      { version: 1, onBehalf: true },
      '上级已代为填报，待签发，请核对：《志愿者站点》，东大街道',
      'Filled in on your behalf by the level above, waits for a signature, please check: “志愿者站点”, 东大街道',
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
    [
      'presented',
      { version: 1 },
      '报送待签发，请签发：《志愿者站点》，东大街道',
      'A report waits for your signature: “志愿者站点”, 东大街道',
    ],
    ['signed', { version: 1 }, '已签发：《志愿者站点》，东大街道', 'Signed: “志愿者站点”, 东大街道'],
    [
      'partAdded',
      { version: 1, note: '含街道本级' },
      '已补充本级填报：《志愿者站点》，东大街道；含街道本级',
      'Own part added: “志愿者站点”, 东大街道; 含街道本级',
    ],
    [
      'declined',
      { basis: '不在辖区内' },
      '提出不属本单位职责，请答复：《志愿者站点》，东大街道；不在辖区内',
      'Declined as not theirs, please decide: “志愿者站点”, 东大街道; 不在辖区内',
    ],
    [
      'declineDecided',
      { accepted: true, reason: '属实', to: 'unit/WC' },
      '退办已同意：《志愿者站点》，东大街道；属实',
      'Decline accepted: “志愿者站点”, 东大街道; 属实',
    ],
    [
      'declineDecided',
      { accepted: false, reason: '属你单位' },
      '退办未同意，请继续承办：《志愿者站点》，东大街道；属你单位',
      'Decline refused, it stays with you: “志愿者站点”, 东大街道; 属你单位',
    ],
    [
      'extensionRequested',
      { dueAt: '2026-11-24T09:30:00.000Z', reason: '汛情' },
      '申请延期，请审批：《志愿者站点》，东大街道；申请延至 2026-11-24 17:30；汛情',
      'Extension requested, please decide: “志愿者站点”, 东大街道; until 2026-11-24 17:30; 汛情',
    ],
    [
      'extensionDecided',
      { granted: true, dueAt: '2026-11-24T09:30:00.000Z', was: '2026-11-24T06:00:00.000Z' },
      '延期已同意：《志愿者站点》，东大街道；时限由 2026-11-24 14:00 改为 2026-11-24 17:30',
      'Extension granted: “志愿者站点”, 东大街道; due 2026-11-24 17:30 instead of 2026-11-24 14:00',
    ],
    [
      'extensionDecided',
      { granted: false, reason: '时间够用' },
      '延期未同意：《志愿者站点》，东大街道；时间够用',
      'Extension refused: “志愿者站点”, 东大街道; 时间够用',
    ],
    [
      'rescheduled',
      { dueAt: '2026-11-24T09:30:00.000Z', was: '2026-11-24T06:00:00.000Z', cause: 'extension' },
      '时限已调整：《志愿者站点》，东大街道；时限由 2026-11-24 14:00 改为 2026-11-24 17:30',
      'Due time moved: “志愿者站点”, 东大街道; due 2026-11-24 17:30 instead of 2026-11-24 14:00',
    ],
    [
      'suspended',
      { since: '2026-11-24T01:00:00.000Z', until: '2026-11-24T09:30:00.000Z', reason: '汛情' },
      '已挂起：《志愿者站点》，东大街道；至 2026-11-24 17:30；汛情',
      'Suspended: “志愿者站点”, 东大街道; until 2026-11-24 17:30; 汛情',
    ],
    [
      'resumed',
      { dueAt: '2026-11-24T09:30:00.000Z', was: '2026-11-24T09:30:00.000Z', pausedMs: 60_000 },
      '已恢复：《志愿者站点》，东大街道；时限 2026-11-24 17:30',
      'Resumed: “志愿者站点”, 东大街道; due 2026-11-24 17:30',
    ],
    [
      'amended',
      { amendment: 2, note: '加两项', dueAt: '2026-11-24T09:30:00.000Z', was: '2026-11-24T06:00:00.000Z' },
      '内容有变更，请签收：《志愿者站点》，东大街道；时限由 2026-11-24 14:00 改为 2026-11-24 17:30；加两项',
      'Amended, please acknowledge: “志愿者站点”, 东大街道; due 2026-11-24 17:30 instead of 2026-11-24 14:00; 加两项',
    ],
    [
      'shared',
      { to: 'unit/WC' },
      '汇总结果已共享，可查看：《志愿者站点》，东大街道',
      'Merged result shared with you: “志愿者站点”, 东大街道',
    ],
    [
      'overdue',
      { dueAt: '2026-11-24T09:30:00.000Z' },
      '已逾期：《志愿者站点》，东大街道；时限 2026-11-24 17:30',
      'Overdue: “志愿者站点”, 东大街道; due 2026-11-24 17:30',
    ],
    [
      'overdue',
      { dueAt: '2026-11-24T09:30:00.000Z', waiting: true },
      '时限已到，下级尚未报齐：《志愿者站点》，东大街道；时限 2026-11-24 17:30',
      'Time is up, reports from below are still missing: “志愿者站点”, 东大街道; due 2026-11-24 17:30',
    ],
    [
      'reminded',
      { clock: 'sign' },
      '提醒：报送待签发：《志愿者站点》，东大街道',
      'Reminder: a report waits for a signature: “志愿者站点”, 东大街道',
    ],
    [
      'reminded',
      { clock: 'due', before: 'PT2H', unanswered: 3, broughtIn: ['unit.liaisonB'] },
      '提醒：请按时报送：《志愿者站点》，东大街道；A 岗未回应，请 B 岗介入；距时限 2小时',
      'Reminder: report due: “志愿者站点”, 东大街道; liaison A has not answered, liaison B is called in; 2 h before it is due',
    ],
    [
      'escalated',
      { clock: 'sign', after: 'PT60M' },
      '提级：逾期未签发：《志愿者站点》，东大街道',
      'Escalated: signature overdue: “志愿者站点”, 东大街道',
    ],
    [
      'escalated',
      { clock: 'due', manual: true, slip: 'yellow', note: '今天要' },
      '交办单位提级：请报送：《志愿者站点》，东大街道；黄色督办单；今天要',
      'Escalated by the issuer: please report: “志愿者站点”, 东大街道; yellow slip; 今天要',
    ],
    [
      'escalated',
      { clock: 'acknowledge', manual: true },
      '交办单位提级：请签收：《志愿者站点》，东大街道',
      'Escalated by the issuer: please acknowledge: “志愿者站点”, 东大街道',
    ],
    ['somethingNew', {}, '有新动态：《志愿者站点》，东大街道', 'News: “志愿者站点”, 东大街道'],
  ])('of %s says what and until when', (type, data, zh, en) => {
    expect(notificationText(notice(type, data), 'zh')).toBe(zh);
    expect(notificationText(notice(type, data), 'en')).toBe(en);
  });

  it('knows every event there is by words of its own', () => {
    for (const { type, data } of EVERY_EVENT) {
      const text = notificationText(notice(type, { ...data }), 'zh');
      expect([type, text.startsWith('有新动态')]).toEqual([type, false]);
    }
  });

  it('cuts a long reason', () => {
    expect(notificationText(notice('cancelled', { reason: '长'.repeat(2000) }), 'zh').length).toBeLessThan(
      260,
    );
  });

  it('never fails, with any data of an event', () => {
    const anything = fc.dictionary(
      fc.constantFrom(
        'dueAt',
        'was',
        'until',
        'before',
        'clock',
        'slip',
        'coverage',
        'reason',
        'basis',
        'outcome',
        'note',
        'manual',
        'granted',
        'accepted',
        'waiting',
        'broughtIn',
      ),
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
        fc.constantFrom(...new Set(EVERY_EVENT.map(({ type }) => type)), 'toString'),
        anything,
        (type, data) => {
          expect(typeof notificationText(notice(type, data), 'zh')).toBe('string');
          expect(typeof notificationText(notice(type, data), 'en')).toBe('string');
        },
      ),
    );
  });
});
