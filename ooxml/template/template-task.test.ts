// Promises of templates: real files of an office filled and opened again, and files that are no templates.
import { describe, expect, it } from '@jest/globals';
import { Workbook } from '@cj-tech-master/excelts';
import {
  Document,
  ExternalHyperlink,
  Footer,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import { strToU8, unzipSync, zipSync } from 'fflate';
import mammoth from 'mammoth';
import type { Filling } from '../../domain/paper/template/filling.ts';
import { doTask, type TemplateTask } from './template-task.ts';

const SAY = { nothing: '—', rest: '另有 {n} 行' };
const figure = (number: number): Filling => ({ cell: { number, words: `${number}` } });
const words = (text: string): Filling => ({ cell: { words: text } });
const rows = (count: number): Filling => ({
  head: ['名称', '数'],
  rows: Array.from({ length: count }, (_, at) => [
    { words: `=点${at + 1}` },
    { number: at + 1, words: `${at + 1}` },
  ]),
});

async function workbook(): Promise<Uint8Array> {
  const book = new Workbook();
  const sheet = book.addWorksheet('甲表');
  sheet.getCell('A1').value = '旧标题';
  sheet.getCell('A1').font = { bold: true, size: 20 };
  sheet.getCell('B3').value = 99;
  sheet.getCell('B3').numFmt = '#,##0.00';
  sheet.getCell('B4').value = { formula: 'B3*2', result: 198 };
  sheet.getCell('A6').border = { top: { style: 'thin' } };
  sheet.getCell('A9').value = '落款';
  sheet.mergeCells('D1:E2');
  const names = book.definedNames;
  names.add('甲表!$D$1', '编号');
  names.add('甲表!$B$3', 'total');
  names.add('甲表!$A$6', '清单');
  names.add('甲表!$G$1:$H$3', 'range');
  names.add('甲表!$A$1', 'unused');
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function filledBook(fillings: Record<string, Filling>): Promise<(address: string) => unknown> {
  const done = await doTask(await workbook(), { kind: 'xlsx', fill: { fillings, say: SAY } });
  if (!('bytes' in done)) throw new Error(JSON.stringify(done));
  const book = new Workbook();
  await book.xlsx.load(done.bytes);
  const sheet = book.getWorksheet('甲表');
  return (address) => {
    const { value } = sheet?.getCell(address) ?? {};
    return value ?? null;
  };
}

const document = (children: Paragraph[]): Promise<Uint8Array> =>
  Packer.toBuffer(
    new Document({
      sections: [
        {
          footers: { default: new Footer({ children: [new Paragraph('{{number}}')] }) },
          children,
        },
      ],
    }),
  ).then((buffer) => new Uint8Array(buffer));

async function filledText(children: Paragraph[], fillings: Record<string, Filling>): Promise<string> {
  const done = await doTask(await document(children), { kind: 'docx', fill: { fillings, say: SAY } });
  if (!('bytes' in done)) throw new Error(JSON.stringify(done));
  return (await mammoth.extractRawText({ buffer: Buffer.from(done.bytes) })).value;
}

const LOOK = (kind: TemplateTask['kind']): TemplateTask => ({ kind });
/** The same file with one part added or replaced. */
const withPart = (bytes: Uint8Array, name: string, content: Uint8Array): Uint8Array =>
  zipSync({ ...unzipSync(bytes), [name]: content });

describe('an office’s workbook', () => {
  it('names its cells and ranges', async () => {
    const { names } = (await doTask(await workbook(), LOOK('xlsx'))) as { names: string[] };
    expect(names.sort()).toEqual(['range', 'total', 'unused', '清单', '编号']);
  });

  it('takes figures into its named cells and keeps its own formulas and looks', async () => {
    const at = await filledBook({ total: figure(12.5), 编号: words('=HYPERLINK("x")') });
    expect(at('B3')).toBe(12.5);
    // The formula stays, its old result is gone.
    expect(at('B4')).toEqual({ formula: 'B3*2' });
    // Text that begins with = is text.
    expect(at('D1')).toBe('=HYPERLINK("x")');
    expect(at('A1')).toBe('旧标题');
    const done = await doTask(await workbook(), {
      kind: 'xlsx',
      fill: { fillings: { total: figure(1) }, say: SAY },
    });
    const parts = unzipSync('bytes' in done ? done.bytes : new Uint8Array());
    expect(Buffer.from(parts['xl/workbook.xml'] ?? []).toString()).toMatch(/fullCalcOnLoad="1"/);
    expect(Buffer.from(parts['xl/worksheets/sheet1.xml'] ?? []).toString()).toMatch(
      /<c r="B3" s="\d+"><v>1<\/v><\/c>/,
    );
    const before = unzipSync(await workbook());
    const touched = ['xl/workbook.xml', 'xl/worksheets/sheet1.xml'];
    for (const name of Object.keys(before).filter((each) => !touched.includes(each)))
      expect([name, parts[name]]).toEqual([name, before[name]]);
  });

  it('writes into sheets as other programs write them, and never over a formula', async () => {
    const book = `<x:workbook xmlns:x="m" xmlns:r="q"><x:sheets><x:sheet name="甲&apos;s &amp; 乙" sheetId="1" r:id="rId1"/></x:sheets>
      <x:definedNames><x:definedName name="a">'甲''s &amp; 乙'!$B$1</x:definedName><x:definedName name="f">'甲''s &amp; 乙'!$A$1</x:definedName>
      <x:definedName name="col">'甲''s &amp; 乙'!$A:$A</x:definedName><x:definedName name="_xlnm.Print_Area">'甲''s &amp; 乙'!$A$1</x:definedName></x:definedNames></x:workbook>`;
    const sheet =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c s="3"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c s="4"/></x:row></x:sheetData></x:worksheet>';
    const relations =
      '<Relationships><Relationship Id="rId1" Type="worksheet" Target="/xl/sheets/one.xml"/></Relationships>';
    const bytes = zipSync({
      'xl/workbook.xml': strToU8(book),
      'xl/_rels/workbook.xml.rels': strToU8(relations),
      'xl/sheets/one.xml': strToU8(sheet),
    });
    expect(await doTask(bytes, LOOK('xlsx'))).toEqual({ names: ['a', 'f'] });
    const fillings = { a: words('<b> & "c"'), f: figure(7) };
    const done = await doTask(bytes, { kind: 'xlsx', fill: { fillings, say: SAY } });
    const parts = unzipSync('bytes' in done ? done.bytes : new Uint8Array());
    expect(Buffer.from(parts['xl/sheets/one.xml'] ?? []).toString()).toBe(
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c s="3"><x:f>1+1</x:f></x:c><x:c r="B1" s="4" t="inlineStr"><x:is><x:t xml:space="preserve">&lt;b&gt; &amp; "c"</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>',
    );
    expect(Buffer.from(parts['xl/workbook.xml'] ?? []).toString()).toContain(
      '<x:calcPr fullCalcOnLoad="1"/>',
    );
  });

  it('leaves a cell empty where there is no figure: an old one would be taken for it', async () => {
    expect((await filledBook({ total: words('') }))('B3')).toBeNull();
  });

  it('fills rows downward as far as there is room, and says how many had none', async () => {
    const some = await filledBook({ 清单: rows(3) });
    expect([some('A6'), some('B6'), some('A8'), some('B8'), some('A9')]).toEqual([
      '=点1',
      1,
      '=点3',
      3,
      '落款',
    ]);
    const many = await filledBook({ 清单: rows(10) });
    expect([many('A7'), many('A8'), many('A9')]).toEqual(['=点2', '另有 8 行', '落款']);
    const range = await filledBook({ range: rows(10) });
    expect([range('G1'), range('G2'), range('G3'), range('G4')]).toEqual(['=点1', '=点2', '另有 8 行', null]);
    expect((await filledBook({ range: rows(0) }))('G1')).toBeNull();
  });
});

describe('an office’s document', () => {
  it('names its placeholders, in its footer as well', async () => {
    const bytes = await document([new Paragraph('共 {{ 总数 }} 个，{{x}}')]);
    const { names } = (await doTask(bytes, LOOK('docx'))) as { names: string[] };
    expect(names.sort()).toEqual(['number', 'x', '总数'].sort());
  });

  it('takes figures, lines and tables in their places', async () => {
    const text = await filledText(
      [
        new Paragraph('共 {{ 总数 }} 个，又 {{总数}} 个，{{none}}'),
        new Paragraph('{{texts}}'),
        new Paragraph('{{清单}}'),
      ],
      { 总数: figure(7), none: words(''), texts: words('甲：一\n乙：二'), 清单: rows(2) },
    );
    expect(text).toContain('共 7 个，又 7 个，—');
    for (const part of ['甲：一', '乙：二', '名称', '=点2']) expect(text).toContain(part);
    expect(text).not.toContain('{{');
  });

  it('takes what units write for text, also where it looks like a placeholder', async () => {
    const text = await filledText([new Paragraph('{{a}}|{{b}}')], {
      a: words('{{a}}{{b}}\u0000<w:p>'),
      b: words('秘密'),
    });
    expect(text.match(/秘密/g)).toHaveLength(1);
    expect(text).toContain('<w:p>');
  });
});

describe('what is no template', () => {
  const unfit = async (bytes: Uint8Array, kind: TemplateTask['kind']): Promise<unknown> =>
    doTask(bytes, LOOK(kind));

  it('is what runs something', async () => {
    const macros = withPart(await workbook(), 'xl/vbaProject.bin', strToU8('x'));
    expect(await unfit(macros, 'xlsx')).toEqual({ unfit: 'MACROS' });
    const control = withPart(await document([]), 'word/activeX/activeX1.bin', strToU8('x'));
    expect(await unfit(control, 'docx')).toEqual({ unfit: 'MACROS' });
  });

  it('is what reaches for something outside; a link to be clicked is none such', async () => {
    const linked = withPart(await workbook(), 'xl/externalLinks/externalLink1.xml', strToU8('<x/>'));
    expect(await unfit(linked, 'xlsx')).toEqual({ unfit: 'LINKS' });
    const template =
      '<Relationships xmlns="r"><Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://x/t.dotm" TargetMode="External"/></Relationships>';
    const attached = withPart(await document([]), 'word/_rels/settings.xml.rels', strToU8(template));
    expect(await unfit(attached, 'docx')).toEqual({ unfit: 'LINKS' });
    const clicked = new Paragraph({
      children: [new ExternalHyperlink({ link: 'https://example.org', children: [new TextRun('{{a}}')] })],
    });
    expect(await unfit(await document([clicked]), 'docx')).toEqual({ names: ['a', 'number'] });
  });

  it('is what bursts, or is damaged', async () => {
    const burst = withPart(await workbook(), 'xl/media/image1.png', new Uint8Array(20 * 1024 * 1024));
    expect(await unfit(burst, 'xlsx')).toEqual({ unfit: 'LARGE' });
    const book = await workbook();
    expect(await unfit(book.subarray(0, book.length - 100), 'xlsx')).toEqual({ unfit: 'DAMAGED' });
    expect(await unfit(strToU8('no zip at all'), 'docx')).toEqual({ unfit: 'DAMAGED' });
    expect(await unfit(await document([]), 'xlsx')).toEqual({ unfit: 'KIND' });
  });

  it('holds a table in a cell as well', async () => {
    const table = new Table({
      rows: [new TableRow({ children: [new TableCell({ children: [new Paragraph('{{清单}}')] })] })],
    });
    const bytes = new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children: [table] }] })));
    const done = await doTask(bytes, { kind: 'docx', fill: { fillings: { 清单: rows(1) }, say: SAY } });
    const text = await mammoth.extractRawText({ buffer: Buffer.from('bytes' in done ? done.bytes : []) });
    expect(text.value).toContain('=点1');
  });
});
