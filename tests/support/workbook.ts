// A workbook as a unit uses it: downloaded, filled in with a spreadsheet library, uploaded.
import { Workbook, type CellValue, type Worksheet } from '@cj-tech-master/excelts';
import type { TestApi } from './api.ts';
import { demandContract } from './contract-check.ts';
import { tokenOf } from './small-record.ts';
import { fetchAs } from './upload.ts';

export type SheetReply = {
  status: number;
  body: {
    code?: string;
    detail?: string;
    errors?: { path: string; code: string }[];
    values: Record<string, unknown>;
    rows: Record<string, Record<string, unknown>[]>;
    problems: { cell: string | null; path: string; code: string; message: string }[];
    warnings: { cell: string | null; path: string; code: string; message: string }[];
  };
};

/** Downloads the workbook of an assignment as its holder. */
export async function sheetOf(api: TestApi, person: string, assignment: string): Promise<Uint8Array> {
  const { status, bytes } = await fetchAs(api, person, `/assignments/${assignment}/sheet.xlsx`);
  if (status !== 200) throw new Error(`${assignment}: ${status} ${Buffer.from(bytes).toString()}`);
  return bytes;
}

/** `at`: an assignment, to get the reading of the workbook, or another place below `/assignments`. */
export async function sendSheet(
  api: TestApi,
  person: string,
  at: string,
  bytes: Uint8Array | ReadableStream,
  headers: Record<string, string> = {},
): Promise<SheetReply> {
  const body = new FormData();
  body.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), 'sheet.xlsx');
  const path = at.includes('/') ? at : `${at}/sheet`;
  const response = await fetch(`${api.url}/api/v1/assignments/${path}`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${await tokenOf(api, person)}`, ...headers },
  });
  const answer: SheetReply = {
    status: response.status,
    body: (await response.json()) as SheetReply['body'],
  };
  demandContract('POST', `/api/v1/assignments/${path}`, { ...answer, headers: response.headers });
  return answer;
}

export async function opened(bytes: Uint8Array): Promise<Workbook> {
  const workbook = new Workbook();
  await workbook.xlsx.load(bytes);
  return workbook;
}

export const saved = async (workbook: Workbook): Promise<Uint8Array> =>
  new Uint8Array(await workbook.xlsx.writeBuffer());

/** Found as a user finds it: the sheet whose hidden first cell names its kind. */
export function sheetIn(workbook: Workbook, marker: string): Worksheet {
  const found = workbook.worksheets.find((sheet) => sheet.getCell('A1').value === `zhuanban.${marker}`);
  if (!found) throw new Error(`no sheet ${marker}`);
  return found;
}

/** The input cell of a field, or of a contact's part: `v_leader.name`. */
export function inputAt(workbook: Workbook, name: string): string {
  const sheet = sheetIn(workbook, 'report');
  for (let row = 1; row <= sheet.rowCount; row += 1)
    if (sheet.getCell(row, 5).value === name) return `C${row}`;
  throw new Error(`no field ${name}`);
}

type Filled = {
  values?: Record<string, CellValue | { name?: string; phone?: string }>;
  rows?: Record<string, Record<string, CellValue>[]>;
};

/** Types values and rows into their cells; a contact into its two. */
export async function filledIn(bytes: Uint8Array, { values = {}, rows = {} }: Filled): Promise<Uint8Array> {
  const workbook = await opened(bytes);
  const form = sheetIn(workbook, 'report');
  for (const [key, value] of Object.entries(values)) {
    const parts = contactParts(value);
    if (parts === null) form.getCell(inputAt(workbook, key)).value = value as CellValue;
    else
      for (const [part, said] of Object.entries(parts))
        form.getCell(inputAt(workbook, `${key}.${part}`)).value = said;
  }
  for (const [key, list] of Object.entries(rows)) {
    const table = sheetIn(workbook, `table.${key}`);
    const names = Array.from({ length: table.columnCount }, (_, at) => table.getCell(1, at + 1).text);
    list.forEach((row, index) => {
      names.forEach((name, at) => {
        const value = at === 0 ? undefined : row[name];
        if (value !== undefined) table.getCell(6 + index, at + 1).value = value;
      });
    });
  }
  return saved(workbook);
}

function contactParts(value: unknown): Record<string, string> | null {
  return typeof value === 'object' && value !== null && ('name' in value || 'phone' in value)
    ? (value as Record<string, string>)
    : null;
}
