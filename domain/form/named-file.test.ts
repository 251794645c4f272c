// Promises of the files a report names.
import { describe, expect, it } from '@jest/globals';
import { Form } from './field.ts';
import { namedFiles } from './named-file.ts';

const form = Form.parse({
  fields: [
    { key: 'proof', label: '佐证', type: 'file', aggregate: 'collect' },
    { key: 'constructor', label: '图', type: 'file' },
    { key: 'remark', label: '备注', type: 'text' },
  ],
});

describe('the files a report names', () => {
  it('are those attached and those in fields of files, each at its place', () => {
    const values = { proof: ['a', 'b'], remark: 'c' };
    expect(namedFiles(form, { values, attachments: ['d'] })).toEqual([
      { file: 'd', path: 'attachments[0]' },
      { file: 'a', path: 'values.proof[0]' },
      { file: 'b', path: 'values.proof[1]' },
    ]);
  });

  it('are the attachments where there is no form', () => {
    expect(namedFiles(undefined, { values: {}, attachments: ['d'] })).toEqual([
      { file: 'd', path: 'attachments[0]' },
    ]);
  });
});
