// The side of the worker renders what domain/ has planned and sends it by mail: no part of the API takes part in it.
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { createMailer, type Enclosure, type Mailer } from '../../../channels/mail.ts';
import { slipWords } from '../../../domain/paper/slip/slip-words.ts';
import { summaryWorkbook } from '../../../domain/paper/summary/workbook/summary-workbook.ts';
import { createDocxReader } from '../../../ooxml/document/reading/docx-reader.ts';
import { createPaperWriter } from '../../../ooxml/document/writing/composed-document.ts';
import { DOCX_TYPE, XLSX_TYPE } from '../../../domain/paper/media-types.ts';
import { renderSlip } from '../../../ooxml/document/writing/slip.ts';
import { render } from '../../../ooxml/rendering.ts';
import { createThreadBudget } from '../../../ooxml/threads/thread-budget.ts';
import { startMailServer, type MailServer } from '../../support/mail-server.ts';
import { nameOf, sampleFigures, sampleItem } from '../../support/sample-figures.ts';

const FORM = { fields: [{ key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'flow' }] };
const PLACES = { 'T.A': { report: { values: { n: 3 }, rows: {} } }, 'T.B': {} };

let server: MailServer;
let mailer: Mailer;
beforeAll(async () => {
  server = await startMailServer();
  const { smtpUrl, from } = server;
  mailer = createMailer({ smtpUrl, from, publicUrl: null, timeoutMs: 30_000, connections: 1 });
});
afterAll(async () => {
  mailer.close();
  await server.close();
});

/** The files of the only letter to an address, by their names. */
function filesTo(address: string): Map<string, Uint8Array> {
  const [letter] = server.lettersTo(address);
  const parts = letter?.raw.split(/\r\n--[^\r\n]+/) ?? [];
  return new Map(
    parts.flatMap((part): [string, Uint8Array][] => {
      const [head = '', body = ''] = part.split('\r\n\r\n');
      const named = [
        ...head.replaceAll(/\r\n[ \t]+/g, ' ').matchAll(/filename\*\d+\*=(?:utf-8'')?([^;\s]+)/gi),
      ];
      if (named.length === 0) return [];
      const name = decodeURIComponent(named.map((match) => match[1] ?? '').join(''));
      return [[name, new Uint8Array(Buffer.from(body, 'base64'))]];
    }),
  );
}
async function send(to: string, attachments: Enclosure[]): Promise<void> {
  const message = { subject: '督办', lines: [{ text: '见附件', link: null }], attachments };
  expect(await mailer.send({ uid: to.replace('@', '-'), to, message })).toMatchObject({ kind: 'sent' });
}
const partOf = (bytes: Uint8Array | undefined, part: string): string =>
  strFromU8(unzipSync(bytes ?? strToU8(''))[part] ?? strToU8(''));

it('sends a supervision slip and a summary as they were planned', async () => {
  const slip = slipWords(
    {
      ...{ year: 2026, number: 12, color: 'red', at: '2026-11-24T01:00:00.000Z', countersigned: null },
      facts: {
        ...{ office: '区办公室', holder: '东街社区', issuer: '东街', clock: 'due', rung: 1, after: 'PT0S' },
        directive: { id: 'd', number: '区办〔2026〕1号', title: '防汛排查' },
        item: { key: 'i', title: '排查' },
        since: '2026-11-24T00:00:00.000Z',
        dueAt: '2026-11-24T00:00:00.000Z',
      },
    },
    'zh',
  );
  const sheets = summaryWorkbook(sampleFigures([sampleItem(FORM, PLACES)]), { language: 'zh', nameOf });
  await send('leader@example.org', [
    { name: `${slip.number}.docx`, mediaType: DOCX_TYPE, bytes: await renderSlip(slip, 'red') },
    { name: '汇总.xlsx', mediaType: XLSX_TYPE, bytes: await render({ sheets, creator: '区办公室' }) },
  ]);
  const files = filesTo('leader@example.org');
  expect([...files.keys()]).toEqual([`${slip.number}.docx`, '汇总.xlsx']);
  expect(partOf(files.get(`${slip.number}.docx`), 'word/document.xml')).toContain('防汛排查');
  expect(partOf(files.get('汇总.xlsx'), '[Content_Types].xml')).toContain('worksheet');
});

it('sends a document that is set in a thread, within the budget of its own process', async () => {
  const budget = createThreadBudget({ memoryMb: 1_536 });
  const papers = createPaperWriter(
    budget,
    createDocxReader(budget, { open: () => Promise.resolve(Readable.from([])) }),
  );
  const part = { lines: ['已排查十二处。'], file: null, attribution: '东街社区' };
  const bytes = await papers.write(
    {
      ...{ office: '区办公室', title: '防汛工作报告', number: '区办〔2026〕1号', signature: ['区办公室'] },
      sections: [{ title: '一、排查情况', level: 1, parts: [part], missing: null }],
    },
    'zh',
  );
  await send('office@example.org', [{ name: '防汛工作报告.docx', mediaType: DOCX_TYPE, bytes }]);
  const body = partOf(filesTo('office@example.org').get('防汛工作报告.docx'), 'word/document.xml');
  expect(body).toContain('已排查十二处。');
  expect(body).toContain('防汛工作报告');
});
