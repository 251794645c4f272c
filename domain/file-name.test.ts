// The names a sender may give a file, and the names we keep.
import { describe, expect, it } from '@jest/globals';
import { safeFileName } from './file-name.ts';

describe('a file name', () => {
  it.each([
    ['汇总表.xlsx', '汇总表.xlsx'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\fakepath\\表.csv', '表.csv'],
    ['a\r\nSet-Cookie: x.txt', 'aSet-Cookie_ x.txt'],
    ['invoice\u202etxt.exe', 'invoicetxt.exe'],
    ['a\u0000b', 'ab'],
    ['.htaccess', 'htaccess'],
    ['', 'file'],
    ['..', 'file'],
    ['dir/', 'file'],
    ['  two   words .pdf ', 'two words .pdf'],
    ['what? "this".doc', 'what_ _this_.doc'],
  ])('%j is kept as %j', (given, kept) => {
    expect(safeFileName(given)).toBe(kept);
  });

  it('keeps at most 200 characters and the ending', () => {
    const name = safeFileName(`${'长'.repeat(300)}.docx`);
    expect(Array.from(name)).toHaveLength(200);
    expect(name.endsWith('长.docx')).toBe(true);
  });

  it('changes nothing of what it made', () => {
    for (const given of ['../a b?.txt', `${'x'.repeat(400)}.pdf`, '...']) {
      expect(safeFileName(safeFileName(given))).toBe(safeFileName(given));
    }
  });
});
