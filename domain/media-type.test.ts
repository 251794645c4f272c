// How a text is told from a table.
import { describe, expect, it } from '@jest/globals';
import { textMediaType } from './media-type.ts';

describe('the kind of a text', () => {
  it.each([
    ['unit,open\r\nDD,3\r\nXH,4\r\n', 'text/csv'],
    ['name,note\n"Li, Wei",x\n', 'text/csv'],
    ['hello, world', 'text/plain'],
    ['one line\nand another, with a comma\n', 'text/plain'],
    ['', 'text/plain'],
    ['{"a": 1,\n"b": 2}\n', 'text/plain'],
  ])('%j is %s', (text, type) => {
    expect(textMediaType(text)).toBe(type);
  });
});
