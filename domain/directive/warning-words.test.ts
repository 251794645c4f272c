// A preview's warnings in words.
import { describe, expect, it } from '@jest/globals';
import { warningWords } from './warning-words.ts';

describe('warning words', () => {
  it('names unit, field, directive and time, in the reader’s language', () => {
    const warning = {
      code: 'ELEMENT_ALREADY_OPEN' as const,
      params: {
        unitName: '东大街道',
        label: '站点数',
        number: '文〔2026〕3号',
        at: '2026-11-24T09:30:00.000Z',
      },
    };
    expect(warningWords(warning, 'zh')).toBe(
      '东大街道正在 文〔2026〕3号 中填报“站点数”（2026-11-24 17:30 到期）',
    );
    expect(warningWords(warning, 'en')).toBe(
      '东大街道 is being asked for “站点数” in 文〔2026〕3号 already (due 2026-11-24 17:30)',
    );
  });

  it('says what the catalogue says, also where there is no unit of measure', () => {
    const params = { field: 'n', type: 'number', unit: '', expectedType: 'integer', expectedUnit: '个' };
    expect(warningWords({ code: 'ELEMENT_DIFFERS', params }, 'zh')).toBe(
      '“n”与数据目录不同：目录为 整数 个，此处为 数值',
    );
    expect(warningWords({ code: 'ELEMENT_DIFFERS', params }, 'en')).toBe(
      '“n” differs from the catalogue: integer 个 there, number here',
    );
  });
});
