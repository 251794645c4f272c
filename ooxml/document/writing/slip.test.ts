// Promises of the slip as a document: what Word finds in it.
import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { SlipWords } from '../../../domain/paper/slip/slip-words.ts';
import { renderSlip } from './slip.ts';

const words: SlipWords = {
  office: '区办公室',
  title: '红色督办单',
  number: '督〔2026〕红12号',
  facts: [{ label: '督办事项', text: '<站点> & “志愿”\u0001\u000b' }],
  signature: ['区办公室', '2026年11月24日'],
  countersign: { title: '签收回执', lines: [{ label: '签收人', text: '王小明' }], note: '签收即回执' },
};

const bodyOf = async (given: SlipWords): Promise<string> => {
  const { 'word/document.xml': body } = unzipSync(await renderSlip(given, 'red'));
  return body === undefined ? '' : strFromU8(body);
};

describe('the document of a slip', () => {
  it('is an A4 page that says everything, in the slip’s colour', async () => {
    const body = await bodyOf(words);
    for (const said of [
      '区办公室',
      '红色督办单',
      '督〔2026〕红12号',
      '2026年11月24日',
      '王小明',
      '签收即回执',
    ])
      expect(body).toContain(said);
    expect(/<w:pgSz ([^>]*)\/>/.exec(body)?.[1]).toContain('w:w="11906" w:h="16838"');
    expect(new Set(body.match(/(?<=<w:color w:val=")\w+/g))).toEqual(new Set(['C00000']));
  });

  it('escapes what is markup, and leaves out what XML cannot hold', async () => {
    const body = await bodyOf(words);
    expect(body).toContain('&lt;站点&gt; &amp; “志愿”<');
    expect(body).not.toMatch(/[\u0001\u000b]/);
  });
});
