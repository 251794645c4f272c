// Promises of an office's document: what Word finds in it.
import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { DocumentBlock, OfficialDocument } from '../../../domain/paper/summary/document/document.ts';
import { renderDocument } from './official-document.ts';

const DOCUMENT: OfficialDocument = {
  office: '区办公室',
  title: '关于《摸排》办理情况的汇总',
  number: 'L-1',
  to: '市办公室：',
  blocks: [
    { heading: '一、站点', level: 1 },
    { text: '应报 2 家 <&>\u0001\n=1+1' },
    {
      table: {
        columns: [
          { text: '单位', share: 3, isNumber: false },
          { text: '数\n（个）', share: 2, isNumber: true },
        ],
        rows: [
          { cells: ['合计', '1,236'], look: 'total' },
          { cells: ['东门街道', '未报'], look: 'missing' },
        ],
      },
    },
    { note: '其余见汇总表' },
  ],
  signature: ['区办公室', '2026年11月24日'],
};

const partOf = async (name: string, blocks = DOCUMENT.blocks): Promise<string> =>
  strFromU8(unzipSync(await renderDocument({ ...DOCUMENT, blocks }))[name] ?? new Uint8Array());
const bodyOf = (blocks = DOCUMENT.blocks): Promise<string> => partOf('word/document.xml', blocks);

describe('an office’s document', () => {
  it('says everything in its order, on A4', async () => {
    const body = await bodyOf();
    const said = body.replace(/<[^>]+>/g, '|').replace(/\|+/g, '|');
    expect(said).toBe(
      '|区办公室|L-1|关于《摸排》办理情况的汇总|市办公室：|一、站点|应报 2 家 &lt;&amp;&gt;|=1+1|单位|数|（个）|合计|1,236|东门街道|未报|其余见汇总表|区办公室|2026年11月24日|',
    );
    expect(/<w:pgSz ([^>]*)\/>/.exec(body)?.[1]).toContain('w:w="11906" w:h="16838"');
  });

  it('turns the page for a wide table, with its heading, and goes on upright', async () => {
    const body = await bodyOf(
      DOCUMENT.blocks.flatMap((block): DocumentBlock[] =>
        'table' in block
          ? [
              { heading: '二、明细', level: 2 },
              { ...block, isWide: true },
            ]
          : [block],
      ),
    );
    expect(body.match(/<w:pgSz [^>]*>/g)?.map((size) => size.includes('landscape'))).toEqual([
      false,
      true,
      false,
    ]);
    const [upright = '', turned = '', rest = ''] = body.split('<w:sectPr');
    expect([upright.includes('二、明细'), turned.includes('二、明细')]).toEqual([false, true]);
    expect(rest).toContain('2026年11月24日');
  });

  it('sets its title in 小标宋, and names what stands in for it', async () => {
    const body = await bodyOf();
    expect(body.match(/w:eastAsia="方正小标宋简体"/g)?.length).toBeGreaterThanOrEqual(2);
    const [, others] =
      /w:name="方正小标宋简体"><w:altName w:val="([^"]*)"/.exec(await partOf('word/fontTable.xml')) ?? [];
    expect(others?.split(',')).toEqual(expect.arrayContaining(['小标宋体', '华文中宋', '宋体']));
  });

  it('repeats the head of a table on every page, breaks no row, and is black but for the office', async () => {
    const body = await bodyOf();
    expect(body.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect(body.match(/<w:cantSplit\/>/g)).toHaveLength(3);
    expect(new Set(body.match(/(?<=<w:color w:val=")\w+/g))).toEqual(new Set(['C00000', '000000']));
    expect(body).toContain('w:fill="FDE2E0"');
  });
});
