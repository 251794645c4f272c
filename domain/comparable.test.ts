// Promises about comparing texts that people write.
import { describe, expect, it } from '@jest/globals';
import { comparable, comparableJson } from './comparable.ts';

describe('what people write', () => {
  it.each([
    ['space around it', ' 一社区　', '一社区'],
    ['full-width digits', '河滨路１２号', '河滨路12号'],
    ['full-width brackets and letters', '（Ａ）', '(A)'],
    ['a half-width form', 'ｶﾞ', 'ガ'],
  ])('is compared without regard to %s', (_, one, other) => {
    expect(comparable(one)).toBe(comparable(other));
  });

  it('is not taken for the same where a letter differs, or a space stands within', () => {
    expect(comparable('一社区')).not.toBe(comparable('二社区'));
    expect(comparable('张 三')).not.toBe(comparable('张三'));
  });

  it('is compared within a contact too, and a number is no text', () => {
    expect(comparableJson({ name: '王 ', phone: '１３' })).toBe(comparableJson({ name: '王', phone: '13' }));
    expect(comparableJson(13)).not.toBe(comparableJson('13'));
  });
});
