// A form on its way into the library: what keeps it out, by its places in the request.
import { describe, expect, it } from '@jest/globals';
import { Form } from './field.ts';
import { faultsOfKept, NamedForm } from './library.ts';

const n = { key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'flow' };

describe('a form to be kept', () => {
  it('is sound and compiles', () => {
    const rules = [{ key: 'r', check: 'n >= 0', severity: 'block', message: '不为负' }];
    expect(faultsOfKept(Form.parse({ fields: [n], rules }))).toEqual([]);
  });

  it('is refused at the paths of the request', () => {
    const rules = [{ key: 'r', check: 'n >= m', severity: 'block', message: '不为负' }];
    const form = Form.parse({ fields: [n, { ...n, timeAxis: undefined }], rules });
    expect(faultsOfKept(form).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'fields[1].key REPEATED',
      'fields[1].timeAxis REQUIRED',
      'rules[0].check RULE_DOES_NOT_COMPILE',
    ]);
  });

  it('is named by name, or by name and version', () => {
    expect(NamedForm.safeParse({ name: 'sites' }).success).toBe(true);
    expect(NamedForm.safeParse({ name: 'sites', version: 3 }).success).toBe(true);
    for (const wrong of [
      { name: 'a.b' },
      { name: 'a', version: 0 },
      { name: 'a', version: 2 ** 31 },
      { version: 1 },
    ])
      expect(NamedForm.safeParse(wrong).success).toBe(false);
  });
});
