// Opens and fills in a workbook with another library than the one that wrote it, as another program would.
import { read, utils, write, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';

/** Typed input: a text, a number with the format it gets, a formula with its stored result. */
export type Typed = string | number | boolean | { n: number; z: string } | { f: string; v?: string | number };

export class Spreadsheet {
  readonly #book: WorkBook;

  constructor(bytes: Uint8Array) {
    this.#book = read(bytes, { type: 'array', cellNF: true, cellFormula: true, cellStyles: true });
  }

  /** `kind` as in `xls`, `ods`, `csv`. */
  bytes(kind: 'xlsx' | 'xls' | 'ods' | 'csv' = 'xlsx'): Buffer {
    // The library warns of formats that .ods writes otherwise; these tests do not need them.
    if (kind === 'ods')
      for (const name of this.#book.SheetNames)
        for (const cell of this.#cells(name)) delete (this.sheet(name)[cell] as CellObject).z;
    return Buffer.from(write(this.#book, { type: 'buffer', bookType: kind }) as Buffer);
  }

  sheet(name: string): WorkSheet {
    const found = this.#book.Sheets[name];
    if (!found) throw new Error(`no sheet ${name}`);
    return found;
  }

  addSheet(name: string, cells: Record<string, Typed>): this {
    utils.book_append_sheet(this.#book, utils.aoa_to_sheet([]), name);
    for (const [cell, typed] of Object.entries(cells)) this.type(name, cell, typed);
    return this;
  }

  get(sheet: string, cell: string): unknown {
    return (this.sheet(sheet)[cell] as CellObject | undefined)?.v;
  }

  type(sheet: string, cell: string, typed: Typed): this {
    const page = this.sheet(sheet);
    // A cell of ours keeps its format; a plain value has none of its own.
    page[cell] = cellOf(typed, page[cell] as CellObject | undefined);
    this.#reach(sheet, utils.decode_cell(cell));
    return this;
  }

  /** Cells beyond the sheet's own range are not saved. */
  #reach(sheet: string, at: { r: number; c: number }): void {
    const page = this.sheet(sheet);
    const range = utils.decode_range(page['!ref'] ?? 'A1');
    range.e = { c: Math.max(range.e.c, at.c), r: Math.max(range.e.r, at.r) };
    page['!ref'] = utils.encode_range(range);
  }

  clear(sheet: string, cell: string): this {
    Reflect.deleteProperty(this.sheet(sheet), cell);
    return this;
  }

  merge(sheet: string, range: string): this {
    const { s, e } = utils.decode_range(range);
    for (let r = s.r; r <= e.r; r += 1)
      for (let c = s.c; c <= e.c; c += 1)
        if (r > s.r || c > s.c) this.clear(sheet, utils.encode_cell({ r, c }));
    (this.sheet(sheet)['!merges'] ??= []).push({ s, e });
    return this;
  }

  /** Puts rows of cells within a range in another order, as a sort or a drag does. */
  reorder(sheet: string, range: string, order: readonly number[]): this {
    return this.#moved(sheet, range, (r, c, { s }) => ({ r: s.r + (order[r - s.r] ?? 0), c }));
  }

  /** Exchanges two columns of a range. */
  exchange(sheet: string, range: string): this {
    return this.#moved(sheet, range, (r, c, { s, e }) => ({ r, c: c === s.c ? e.c : c === e.c ? s.c : c }));
  }

  insertRow(sheet: string, row: number): this {
    return this.#shifted(sheet, (r, c) => ({ r: r >= row - 1 ? r + 1 : r, c }));
  }

  deleteRow(sheet: string, row: number): this {
    for (const cell of this.#cells(sheet)) if (utils.decode_cell(cell).r === row - 1) this.clear(sheet, cell);
    return this.#shifted(sheet, (r, c) => ({ r: r >= row ? r - 1 : r, c }));
  }

  insertColumn(sheet: string, column: string): this {
    const at = utils.decode_col(column);
    return this.#shifted(sheet, (r, c) => ({ r, c: c >= at ? c + 1 : c }));
  }

  #cells(sheet: string): string[] {
    return Object.keys(this.sheet(sheet)).filter((key) => !key.startsWith('!'));
  }

  /** Moves each cell's content to the place given. */
  #moved(
    sheet: string,
    range: string,
    from: (r: number, c: number, range: ReturnType<typeof utils.decode_range>) => { r: number; c: number },
  ): this {
    const page = this.sheet(sheet);
    const all = utils.decode_range(range);
    this.#reach(sheet, all.e);
    const before = { ...page };
    for (let r = all.s.r; r <= all.e.r; r += 1)
      for (let c = all.s.c; c <= all.e.c; c += 1) {
        const found = before[utils.encode_cell(from(r, c, all))] as CellObject | undefined;
        const at = utils.encode_cell({ r, c });
        if (found) page[at] = found;
        else this.clear(sheet, at);
      }
    return this;
  }

  #shifted(sheet: string, to: (r: number, c: number) => { r: number; c: number }): this {
    const page = this.sheet(sheet);
    const cells = this.#cells(sheet).map(
      (cell) => [utils.decode_cell(cell), page[cell] as CellObject] as const,
    );
    for (const cell of this.#cells(sheet)) this.clear(sheet, cell);
    for (const [{ r, c }, cell] of cells) page[utils.encode_cell(to(r, c))] = cell;
    const range = utils.decode_range(page['!ref'] ?? 'A1');
    range.e = to(range.e.r, range.e.c);
    page['!ref'] = utils.encode_range(range);
    page['!merges'] = (page['!merges'] ?? []).map(({ s, e }) => ({ s: to(s.r, s.c), e: to(e.r, e.c) }));
    Reflect.deleteProperty(page, '!rows');
    return this;
  }
}

function cellOf(typed: Typed, before: CellObject | undefined): CellObject {
  const format = before?.z === undefined ? {} : { z: before.z };
  if (typeof typed === 'string') return { t: 's', v: typed, ...format };
  if (typeof typed === 'number') return { t: 'n', v: typed, ...format };
  if (typeof typed === 'boolean') return { t: 'b', v: typed, ...format };
  if ('n' in typed) return { t: 'n', v: typed.n, z: typed.z };
  if (typed.v === undefined) return { t: 'n', f: typed.f, ...format };
  return { t: typeof typed.v === 'number' ? 'n' : 's', f: typed.f, v: typed.v, ...format };
}
