// Promises of the form a document is collected by.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultsOfForm } from '../../form/field-faults.ts';
import { Form } from '../../form/field.ts';
import { DocumentTask, faultsOfDocument } from '../../directive/document-task.ts';
import { formOf, storedDocument } from './derived-form.ts';

const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,39}$/);
/** Keys that look like those of files, long ones above all. */
const teasing = fc
  .tuple(fc.constantFrom('a', 'a'.repeat(34), 'a'.repeat(40), 'last'), fc.constantFrom('', '_docx', '_docx2'))
  .map(([begin, end]) => `${begin.slice(0, 40 - end.length)}${end}`);
const keys = fc.uniqueArray(fc.oneof(key, teasing), { minLength: 1, maxLength: 100 });

describe('the form of a document', () => {
  it('is a form: with any names of sections, no two fields have one key', () => {
    fc.assert(
      fc.property(keys, (given) => {
        const task = DocumentTask.parse({ sections: given.map((each) => ({ key: each, title: each })) });
        const form = Form.parse(formOf(storedDocument(task)));
        expect(new Set(form.fields.map((field) => field.key)).size).toBe(2 * given.length);
        expect(faultsOfForm(form, 'form').filter(({ code }) => code !== 'RESERVED')).toEqual([]);
      }),
    );
  });

  it('takes each section as a text of its length, or as one file', () => {
    const task = DocumentTask.parse({
      sections: [
        { key: 'work', title: '工作情况', maxLength: 500 },
        { key: 'plan', title: '下步打算' },
      ],
    });
    expect(formOf(storedDocument(task)).fields).toMatchObject([
      { key: 'work', type: 'text', maxLength: 500, aggregate: 'concat' },
      { key: 'work_docx', type: 'file', maxFiles: 1, aggregate: 'collect' },
      { key: 'plan', type: 'text', maxLength: 50_000 },
      { key: 'plan_docx', type: 'file' },
    ]);
  });
});

describe('a document task', () => {
  it('names a section once, and units once that receive the item', () => {
    const task = DocumentTask.parse({
      sections: [
        { key: 'work', title: '一', units: ['S1', 'S9', 'S1'] },
        { key: 'work', title: '二' },
      ],
    });
    expect(faultsOfDocument(task, new Set(['TF', 'S1']), 'items[0].document')).toEqual([
      {
        path: 'items[0].document.sections[0].units[1]',
        code: 'NOT_A_RECEIVER',
        params: { value: 'S9' },
      },
      { path: 'items[0].document.sections[0].units[2]', code: 'REPEATED', params: { value: 'S1' } },
      { path: 'items[0].document.sections[1].key', code: 'REPEATED', params: { value: 'work' } },
    ]);
  });
});
