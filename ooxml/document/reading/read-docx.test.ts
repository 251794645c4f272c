// Promises of the reader of uploaded documents: what it takes over, what it leaves out, and what it refuses to open.
import { describe, expect, it } from '@jest/globals';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { docxOf } from '../../../tests/support/docx-file.ts';
import type { DocxBlock, Run } from './docx-content.ts';
import { UnreadableDocx } from './docx-content.ts';
import { readDocx } from './read-docx.ts';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>';
const ROOT = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${R}/officeDocument" Target="word/document.xml"/></Relationships>`;

/** A docx whose body is this XML, with further parts. */
const zipped = (
  body: string,
  more: Record<string, string | Uint8Array> = {},
): Record<string, Uint8Array> => ({
  '[Content_Types].xml': strToU8(TYPES),
  '_rels/.rels': strToU8(ROOT),
  'word/document.xml': strToU8(
    `<w:document xmlns:w="${W}" xmlns:r="${R}"><w:body>${body}</w:body></w:document>`,
  ),
  ...Object.fromEntries(
    Object.entries(more).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
  ),
});
const read = async (body: string, more: Record<string, string | Uint8Array> = {}): Promise<DocxBlock[]> =>
  (await readDocx(Buffer.from(zipSync(zipped(body, more))))).blocks;
const faultOf = async (reading: Promise<unknown>): Promise<string> => {
  try {
    await reading;
    return 'none';
  } catch (error) {
    return error instanceof UnreadableDocx ? error.fault : String(error);
  }
};
const textOf = (blocks: readonly DocxBlock[]): string =>
  blocks
    .flatMap((block): Run[] => (block.kind === 'paragraph' ? block.runs : []))
    .map((run) => (run.kind === 'text' ? run.text : `[${run.kind}]`))
    .join('');
const p = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

describe('an uploaded document', () => {
  it('is read as headings, words, lists and tables', async () => {
    const { blocks } = await readDocx(Buffer.from(await docxOf('简报')));
    expect(blocks).toMatchObject([
      { kind: 'paragraph', heading: 1, runs: [{ text: '简报标题' }] },
      {
        heading: 0,
        runs: [
          { text: '简报', bold: false },
          { text: '重点', bold: true },
        ],
      },
      { list: { level: 0, ordered: false } },
      { list: { level: 0, ordered: false } },
      {
        kind: 'table',
        rows: [
          [{ colSpan: 1, blocks: [{ runs: [{ text: '站点' }] }] }, { blocks: [{ runs: [{ text: '12' }] }] }],
        ],
      },
    ]);
  });

  it.each([
    ['struck out', '<w:strike/>'],
    ['struck out twice', '<w:dstrike w:val="true"/>'],
    ['hidden', '<w:vanish/>'],
    ['struck out by its style', '<w:rStyle w:val="Struck"/>'],
    ['hidden by a style its style goes back to', '<w:rStyle w:val="Hidden2"/>'],
  ])('leaves out what is %s', async (_, look) => {
    const styles = `<w:styles xmlns:w="${W}"><w:style w:type="character" w:styleId="Struck"><w:rPr><w:strike/></w:rPr></w:style><w:style w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="Hidden2"><w:basedOn w:val="Hidden"/></w:style></w:styles>`;
    const body = `<w:p><w:r><w:t>前</w:t></w:r><w:r><w:rPr>${look}<w:b/></w:rPr><w:t>旧</w:t><w:drawing><a:r xmlns:a="urn:a"><w:p><w:r><w:t>内</w:t></w:r></w:p></a:r></w:drawing></w:r><w:r><w:rPr><w:strike w:val="0"/><w:vanish w:val="false"/></w:rPr><w:t>后</w:t></w:r></w:p>`;
    expect(textOf(await read(body, { 'word/styles.xml': styles }))).toBe('前后');
  });

  it('reads tracked changes as if they were taken: nothing deleted, what was moved where it is now', async () => {
    const run = (text: string): string => `<w:r><w:t>${text}</w:t></w:r>`;
    const body = `<w:p>${run('甲')}<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del><w:moveFrom w:id="2">${run('移')}</w:moveFrom><w:ins w:id="3">${run('增')}</w:ins><w:moveTo w:id="4">${run('移')}</w:moveTo></w:p>`;
    expect(textOf(await read(body))).toBe('甲增移');
  });

  it('keeps the paragraph whose mark alone is hidden or struck out', async () => {
    const body = `<w:p><w:pPr><w:rPr><w:vanish/><w:strike/></w:rPr></w:pPr><w:r><w:t>留</w:t></w:r></w:p>`;
    expect(textOf(await read(body))).toBe('留');
  });

  it('keeps what stands high or low, and marks the place of a formula', async () => {
    const raised = (how: string, text: string): string =>
      `<w:r><w:rPr><w:vertAlign w:val="${how}"/></w:rPr><w:t>${text}</w:t></w:r>`;
    const body = `<w:p><w:r><w:t>12 m</w:t></w:r>${raised('superscript', '2')}<w:r><w:t>，CO</w:t></w:r>${raised('subscript', '2')}<m:oMathPara xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara></w:p>`;
    const blocks = await read(body);
    expect(textOf(blocks)).toBe('12 m2，CO2[lost-formula]');
    expect(blocks).toMatchObject([
      {
        runs: [
          {},
          { text: '2', script: 'super' },
          {},
          { text: '2', script: 'sub' },
          { kind: 'lost-formula' },
        ],
      },
    ]);
  });

  it('keeps what its style alone sets high, unless the words themselves say otherwise', async () => {
    const styles = `<w:styles xmlns:w="${W}"><w:style w:styleId="High"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style><w:style w:styleId="Higher"><w:basedOn w:val="High"/></w:style></w:styles>`;
    const run = (look: string, text: string): string => `<w:r><w:rPr>${look}</w:rPr><w:t>${text}</w:t></w:r>`;
    const body = `<w:p>${run('', '12 m')}${run('<w:rStyle w:val="Higher"/>', '2')}${run('<w:rStyle w:val="High"/><w:vertAlign w:val="baseline"/>', '3')}${run('<w:rStyle w:val="High"/><w:vertAlign w:val="subscript"/>', '4')}</w:p>`;
    const [paragraph] = await read(body, { 'word/styles.xml': styles });
    expect(paragraph).toMatchObject({
      runs: [{ text: '12 m' }, { text: '2', script: 'super' }, { text: '3' }, { text: '4', script: 'sub' }],
    });
    expect(paragraph).not.toHaveProperty('runs.2.script');
  });

  it('marks the place of a chart, a diagram and an equation of before, and passes nothing over', async () => {
    const drawn = (what: string): string =>
      `<w:r><w:drawing><wp:inline xmlns:wp="urn:wp"><a:graphic xmlns:a="urn:a"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/${what}"><c:it xmlns:c="urn:c"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
    const object = (program: string): string =>
      `<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="${program}"/></w:object></w:r>`;
    const body = `<w:p>${drawn('chart')}${drawn('diagram')}${object('Equation.3')}${object('Equation.DSMT4')}${object('Excel.Sheet.12')}<w:r><w:t>后</w:t></w:r></w:p>`;
    expect(textOf(await read(body))).toBe(
      '[lost-picture][lost-picture][lost-formula][lost-formula][lost-picture]后',
    );
  });

  it('leaves out a hidden row of a table, and a table of nothing else', async () => {
    const row = (text: string, look = ''): string =>
      `<w:tr><w:trPr>${look}</w:trPr><w:tc>${p(text)}</w:tc></w:tr>`;
    const hidden = '<w:hidden/>';
    const tables = `<w:tbl>${row('甲')}${row('藏', hidden)}${row('乙', '<w:hidden w:val="0"/>')}</w:tbl><w:tbl>${row('藏', hidden)}</w:tbl>`;
    const blocks = await read(`${tables}${p('后')}`);
    expect(blocks.map(({ kind }) => kind)).toEqual(['table', 'paragraph']);
    const [table] = blocks;
    const cells = table?.kind === 'table' ? table.rows.flat() : [];
    expect(cells.map((cell) => textOf(cell.blocks))).toEqual(['甲', '乙']);
  });

  it('says where its links lead, and follows none; a picture that lies elsewhere is marked', async () => {
    const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="l1" Type="${R}/hyperlink" Target="https://example.org/x" TargetMode="External"/><Relationship Id="i1" Type="${R}/image" Target="file:///etc/hostname" TargetMode="External"/></Relationships>`;
    const body = `<w:p><w:hyperlink r:id="l1"><w:r><w:t>通报</w:t></w:r></w:hyperlink><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="i1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
    const blocks = await read(body, { 'word/_rels/document.xml.rels': rels });
    expect(textOf(blocks)).toBe('通报（https://example.org/x）[lost-picture]');
  });

  it('takes no words from what an entity would make', async () => {
    const bomb = `<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="${W}"><w:body>${p('&b;')}</w:body></w:document>`;
    const parts = { ...zipped(''), 'word/document.xml': strToU8(bomb) };
    const outcome = await readDocx(Buffer.from(zipSync(parts))).then(
      ({ blocks }) => textOf(blocks),
      (error: unknown) => String(error),
    );
    expect(outcome).not.toContain('aaaa');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a part that bursts', () => read('', { 'word/media/a.png': new Uint8Array(60 * 1024 * 1024) })],
    ['XML longer than anybody writes', () => read(p('字'.repeat(5_000_000)))],
    [
      'more parts than a document has',
      () => read('', Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`word/${n}.bin`, 'x']))),
    ],
    ['more words than a document has', () => read(p('word '.repeat(120_000)))],
    ['tables in tables without end', () => read(nested(40))],
  ])('is too large: %s', async (_, reading) => {
    expect(await faultOf(reading())).toBe('TOO_LARGE');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['no zip', () => readDocx(Buffer.from('plain text'))],
    ['nothing', () => readDocx(Buffer.alloc(0))],
    ['a zip of something else', () => readDocx(Buffer.from(zipSync({ 'a.txt': strToU8('x') })))],
    [
      'broken XML',
      () => readDocx(Buffer.from(zipSync({ ...zipped(''), 'word/document.xml': strToU8('<w:') }))),
    ],
    ['a part twice as long as it says', async () => readDocx(lying(await docxOf('简报')))],
  ])('is damaged: %s', async (_, reading) => {
    expect(await faultOf(reading())).toBe('DAMAGED');
  });

  it('is refused or read, and nothing else, after any change in it', async () => {
    const good = await docxOf('简报');
    const parts = unzipSync(good);
    const outcomes = new Set<string>();
    for (let n = 0; n < 60; n += 1) {
      const changed = {
        ...parts,
        'word/document.xml': mutated(parts['word/document.xml'] ?? new Uint8Array(), n),
      };
      outcomes.add(await faultOf(readDocx(Buffer.from(zipSync(changed, { level: 0 })))));
      outcomes.add(await faultOf(readDocx(Buffer.from(mutated(good, n)))));
    }
    expect([...outcomes].filter((each) => !['none', 'DAMAGED', 'TOO_LARGE'].includes(each))).toEqual([]);
    expect(outcomes.size).toBeGreaterThan(1);
  });
});

const nested = (depth: number): string =>
  depth === 0 ? p('x') : `<w:tbl><w:tr><w:tc>${nested(depth - 1)}<w:p/></w:tc></w:tr></w:tbl>`;

/** A few bytes changed, the same for the same number. */
function mutated(bytes: Uint8Array, seed: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  let state = seed * 2_654_435_761 + 1;
  for (let n = 0; n < 1 + (seed % 5); n += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    changed[state % changed.length] = state % 256;
  }
  return changed;
}

/** Halves every size in its directory: unpacked parts are longer than announced. */
function lying(bytes: Uint8Array): Buffer {
  const file = Buffer.from(bytes);
  for (
    let at = file.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0;
    at = file.indexOf('PK\u0001\u0002', at + 4, 'latin1')
  )
    file.writeUInt32LE(Math.floor(file.readUInt32LE(at + 24) / 2), at + 24);
  return file;
}
