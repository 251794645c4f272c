// When a field's `alertIf` holds, and what it reads.
import { describe, expect, it } from '@jest/globals';
import { alertReads, alertsOf } from './alert.ts';
import { Form } from './field.ts';
import { compileForm } from './form.ts';

const { compiled, faults } = compileForm(
  Form.parse({
    fields: [
      { key: 'n', label: '数', type: 'integer', alertIf: 'n > 10 || (last.n != null && n > 2 * last.n)' },
      { key: 'share', label: '率', type: 'number', alertIf: 'n / share > 3' },
      {
        key: 'list',
        label: '表',
        type: 'table',
        columns: [{ key: 'open', label: '未结', type: 'boolean' }],
        alertIf: 'list.exists(r, r.open == true)',
      },
    ],
  }),
  'form',
);

describe('an alert', () => {
  it('is where the condition holds, of values, last values and rows', () => {
    expect(faults).toEqual([]);
    expect(alertsOf(compiled, { values: { n: 11 }, rows: {} }, {})).toEqual(['n']);
    expect(alertsOf(compiled, { values: { n: 7 }, rows: {} }, { n: 3 })).toEqual(['n']);
    expect(alertsOf(compiled, { values: { n: 7 }, rows: {} }, { n: 4 })).toEqual([]);
    expect(
      alertsOf(
        compiled,
        { values: { n: 4, share: 1 }, rows: { list: [{ open: false }, { open: true }] } },
        {},
      ),
    ).toEqual(['share', 'list']);
  });

  it('is not where something is empty, or nothing can be decided', () => {
    expect(alertsOf(compiled, { values: {}, rows: {} }, {})).toEqual([]);
    expect(alertsOf(compiled, { values: { n: 4, share: 0 }, rows: {} }, {})).toEqual([]);
    const rows = { list: Array.from({ length: 1000 }, () => ({ open: true })) };
    expect(
      alertsOf(
        compiled,
        { values: {}, rows: { list: [...rows.list.map(() => ({ open: false })), { open: true }] } },
        {},
        100,
      ),
    ).toEqual([]);
  });

  it('tells beforehand what it reads', () => {
    expect(alertReads(compiled)).toEqual({ values: ['n', 'share'], tables: ['list'], last: ['n'] });
  });
});
