// Every command once, each at a place of its own in one directive: its author, its content, and the commands before it.
import type { Verb } from '../../domain/assignment/command.ts';
import type { Course } from './course.ts';
import { FORCE } from './district.ts';

export type Body = Record<string, unknown>;
/** One command at its place, with its author and the commands that must come before it. */
export type Step = {
  unit: string;
  person: string;
  body: Body;
  before?: (course: Course) => Promise<unknown>;
};

/** The district they are done in. */
export const SIZE = { streets: 3, communities: 12, bosses: ['S2-2'], grids: { 'S1-1': 8, 'S2-3': 2 } };

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const inAnHour = (): string => inMinutes(60);
/** A community is due 80 minutes after the issue, its street 90 (`TERMS`). */
const later = (): string => inMinutes(85);
const submit = (unit: string) => (course: Course) => course.do(unit, 'submit', { values: { n: 1 } });
const transfer = (unit: string) => (course: Course) =>
  course.do(unit, 'transfer', { unit: 'S2-1', reason: '归口' });

/** Each verb at a place of its own, so that none stands in another's way. */
export const steps = (): Record<Verb, Step> => ({
  acknowledge: { unit: 'S1-1', person: 'S1-1', body: {} },
  submit: { unit: 'S1-2', person: 'S1-2', body: { values: { n: 2 } } },
  approve: { unit: 'S1-3', person: 'S1', body: { note: '好' }, before: submit('S1-3') },
  return: { unit: 'S1-4', person: 'S1', body: { reason: '漏项' }, before: submit('S1-4') },
  withdraw: { unit: 'S2-11', person: 'S2-11', body: { reason: '数填错了' }, before: submit('S2-11') },
  reopen: {
    unit: 'S2-1',
    person: 'S2',
    body: { reason: '撤错了' },
    before: (course) => course.do('S2-1', 'cancel', { reason: '不做' }),
  },
  cancel: { unit: 'S1-5', person: 'S1', body: { reason: '不做' } },
  close: { unit: 'S3', person: 'S3', body: { note: '到此' } },
  progress: { unit: 'S1-6', person: 'S1-6', body: { note: '过半', percent: 50 } },
  sign: { unit: 'S2-2', person: 'S2-2-boss', body: {}, before: submit('S2-2') },
  'request-extension': {
    unit: 'S1-7',
    person: 'S1-7',
    body: { due: later(), reason: '缺人' },
  },
  'decide-extension': {
    unit: 'S1-8',
    person: 'S1',
    body: { grant: true },
    before: (course) => course.do('S1-8', 'request-extension', { due: later(), reason: '缺人' }),
  },
  decompose: {
    unit: 'S2-3',
    person: 'S2-3',
    body: { receivers: [{ unit: 'S2-3-1' }, { unit: 'S2-3-2' }] },
  },
  transfer: { unit: 'S2-4', person: 'S2-4', body: { unit: 'S3-1', reason: '归口' } },
  'accept-transfer': { unit: 'S1-9', person: 'S2-1', body: {}, before: transfer('S1-9') },
  'decline-transfer': {
    unit: 'S1-10',
    person: 'S2-1',
    body: { reason: '不是' },
    before: transfer('S1-10'),
  },
  decline: { unit: 'S2-5', person: 'S2-5', body: { basis: '三定' } },
  'decide-decline': {
    unit: 'S2-6',
    person: 'S2',
    body: { accept: true, unit: 'S3-3', reason: '归他们' },
    before: (course) => course.do('S2-6', 'decline', { basis: '三定' }),
  },
  suspend: { unit: 'S2-7', person: 'S2', body: { until: inAnHour(), reason: '停' } },
  resume: {
    unit: 'S2-8',
    person: 'S2',
    body: {},
    before: (course) => course.do('S2-8', 'suspend', { until: inAnHour(), reason: '停' }),
  },
  share: { unit: 'S1', person: 'S1', body: { to: 'S2-9' } },
  reschedule: { unit: 'S2-12', person: FORCE, body: { due: later(), reason: '路远' } },
  urge: { unit: 'S2-9', person: 'S2', body: { note: '快' } },
  comment: { unit: 'S2-10', person: FORCE, body: { text: '在看' } },
  escalate: { unit: 'S1-11', person: 'S1', body: { rung: 0 } },
});

export const TERMS = {
  due: { within: 'PT2H' },
  policy: {
    margins: ['PT10M'],
    ladder: [{ clock: 'due' as const, after: 'PT0S', notify: ['unit.liaisonA' as const] }],
  },
  item: { signOff: 'leader' as const },
};
