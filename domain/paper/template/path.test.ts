// Paths of a mapping: those that name a figure, and those that name none.
import { describe, expect, it } from '@jest/globals';
import { Form } from '../../form/field.ts';
import { faultsOfPaths, readPath } from './path.ts';

const form = Form.parse({
  fields: [
    { key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'flow' },
    { key: 'inner', label: '内部', type: 'integer' },
    { key: 'state', label: '状态', type: 'choice', options: ['好', '8:30-17.30'], aggregate: 'countByValue' },
    { key: 'ok', label: '达标', type: 'boolean', aggregate: 'countByValue' },
    { key: 'text', label: '说明', type: 'text', aggregate: 'concat' },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [{ key: 'a', label: '甲', type: 'text' }],
      aggregate: { union: ['a'] },
    },
  ],
});
const faults = (...paths: string[]): string[] =>
  faultsOfPaths(
    Object.fromEntries(paths.map((path, at) => [`p${at}`, path])),
    form,
    (code) => code === 'DD' || code === 'TF',
  ).map(({ path, code }) => `${path} ${code}`);

describe('paths', () => {
  it('name figures, options with dots, rows, coverage, and places below by one code or several', () => {
    expect(readPath('values.state.8:30-17.30')).toEqual({
      kind: 'value',
      below: [],
      field: 'state',
      option: '8:30-17.30',
    });
    expect(readPath('children.TF.children.DD.values.n')).toEqual({
      kind: 'value',
      below: ['TF', 'DD'],
      field: 'n',
      option: null,
    });
    expect(readPath('children.DD.coverage.missing')).toEqual({
      kind: 'coverage',
      below: ['DD'],
      key: 'missing',
    });
    expect(readPath('directive.number')).toEqual({ kind: 'plain', key: 'directive.number' });
  });

  it('are none where a part is missing, unknown or too much', () => {
    for (const text of [
      '',
      'n',
      'values',
      'values.',
      'coverage.n',
      'coverage.reported.x',
      'rows.list.a',
      'children.DD.rows.list',
      'children.DD',
      'children.D D.values.n',
      'name',
      'directive',
      '__proto__',
    ])
      expect(`${text}: ${JSON.stringify(readPath(text))}`).toBe(`${text}: null`);
  });

  it('are looked up in the form and among the places', () => {
    expect(
      faults(
        'values.n',
        'values.state',
        'values.state.好',
        'values.ok.true',
        'values.text',
        'rows.list',
        'children.DD.values.n',
        'children.TF.children.DD.name',
        'final',
      ),
    ).toEqual([]);
    expect(
      faults(
        'values.m',
        'values.inner',
        'values.n.x',
        'values.state.坏',
        'values.ok.是',
        'values.list',
        'rows.n',
        'children.DD.values.text',
        'children.XX.values.n',
        'values.constructor',
      ),
    ).toEqual(
      [
        'p0 UNKNOWN_PATH',
        'p1 UNKNOWN_PATH',
        'p2 UNKNOWN_PATH',
        'p3 UNKNOWN_PATH',
        'p4 UNKNOWN_PATH',
        'p5 UNKNOWN_PATH',
        'p6 UNKNOWN_PATH',
        'p7 UNKNOWN_PATH',
        'p8 UNKNOWN_UNIT',
        'p9 UNKNOWN_PATH',
      ].map((each) => `mapping.${each}`),
    );
  });
});
