// The rows of a desk's workbook put together by unit; where a row's unit cannot be told, the units concerned are held back.
import { meantOption } from '../cell/said-word.ts';
import { isAlike } from './alike.ts';
import { report, type CellProblem, type CellTaken } from '../findings.ts';
import type { TablePlaces } from '../report/read-report.ts';
import type { Saying } from '../saying-slot.ts';

export type DeskEntry = {
  assignment: string;
  /** The number of the report that was in when the workbook was taken down. */
  version: number;
  /** Its row on the first sheet; 0 where it stands only in tables. */
  at: number;
  values: Record<string, unknown>;
  rows: Record<string, Record<string, unknown>[]>;
  saying: Saying;
  problems: CellProblem[];
  readings: CellTaken[];
  tables: TablePlaces;
};

/** One row with the unit its first column names, which stands in `cell`. */
export type CollectedUnit = {
  at: number;
  unit: string;
  cell: string;
  values: Record<string, unknown>;
  saying: Saying;
  problems: CellProblem[];
  readings: CellTaken[];
};

type Known = { assignment: string; version: number };
export type KnownUnits = ReadonlyMap<string, Known>;

/** The content of one row beside the unit's name: values, or at least a problem. */
const saysAnything = ({ values, problems, saying }: CollectedUnit): boolean =>
  Object.keys(values).length > 0 || problems.length > 0 || saying.explanation !== '' || saying.note !== '';

const NOTHING_SAID: Saying = { explanation: '', note: '' };

export class CollectedUnits {
  readonly #known: KnownUnits;
  /** The row of a unit whose row on the first sheet is empty. */
  readonly #blank = new Map<string, number>();
  readonly #entries = new Map<string, DeskEntry>();
  readonly #cells = new Map<string, string>();
  readonly #likes = new Map<string, string[]>();
  readonly #orphans: { problems: CellProblem[] } = { problems: [] };
  /** Units held back because a row may be theirs, with that row's cell; problems once all is read. */
  readonly #held = new Map<string, CellProblem>();
  /** The first row of a table without a name: it may belong to any unit without a row there. */
  readonly #nameless = new Map<string, string>();

  constructor(known: KnownUnits) {
    this.#known = known;
  }

  /** Of a unit named twice neither row is taken: it is not known which one is meant. */
  takeUnits(rows: readonly CollectedUnit[]): void {
    let above: string | null = null;
    for (const row of rows) {
      const { at, unit, values, saying, problems, readings } = row;
      const known = this.#unitIn(row);
      if (!known) {
        // A row without a name may continue the row above; a row with an unknown name belongs to another unit.
        if (unit === '' && saysAnything(row)) this.#hold(above, row, 'unit');
        continue;
      }
      above = unit;
      const first = this.#entries.get(known.assignment);
      if (!saysAnything(row)) {
        if (!first && !this.#blank.has(known.assignment)) this.#blank.set(known.assignment, at);
      } else if (first) {
        const repeated = { path: 'unit', code: 'REPEATED' as const, params: { value: unit } };
        report(first, { ...repeated, cell: this.#cells.get(known.assignment) ?? row.cell });
        report(this.#orphans, { ...repeated, cell: row.cell });
      } else {
        this.#cells.set(known.assignment, row.cell);
        this.#add({ ...known, at, values, saying, problems: [...problems], readings: [...readings] });
      }
    }
  }

  /** `place`: the sheet, and the columns of its slots. */
  takeRows(
    table: string,
    { sheet, columns }: { sheet: string; columns: number[] },
    rows: readonly CollectedUnit[],
  ): void {
    let above: string | null = null;
    let unplaced: CollectedUnit[] = [];
    for (const row of rows) {
      const known = this.#unitIn(row);
      if (!known) {
        if (!saysAnything(row) && row.unit === '') continue;
        for (const unit of [above, ...this.#alike(row.unit)]) this.#hold(unit, row, `rows.${table}`);
        if (row.unit === '' && !this.#nameless.has(table)) this.#nameless.set(table, row.cell);
        unplaced.push(row);
        continue;
      }
      // A name that stands in the middle of its rows has some of them above.
      for (const orphan of unplaced) this.#hold(row.unit, orphan, `rows.${table}`);
      unplaced = [];
      above = row.unit;
      if (saysAnything(row)) this.#takeRow(table, { sheet, columns }, row, known);
    }
  }

  #takeRow(
    table: string,
    { sheet, columns }: { sheet: string; columns: number[] },
    { at, values, problems, readings }: CollectedUnit,
    known: Known,
  ): void {
    const entry = this.#entryOf(known);
    const place = entry.tables.get(table) ?? { sheet, rows: [], columns };
    const rows = entry.tables.has(table) ? (entry.rows[table] ?? []) : [];
    const path = `rows.${table}[${rows.length}]`;
    for (const problem of problems)
      report(entry, { ...problem, path: problem.path === '' ? path : `${path}.${problem.path}` });
    entry.readings.push(...readings.map((each) => ({ ...each, path: `${path}.${each.path}` })));
    rows.push(values);
    place.rows.push(at);
    entry.rows[table] = rows;
    entry.tables.set(table, place);
  }

  reading(): { entries: DeskEntry[]; problems: CellProblem[] } {
    for (const [table, cell] of this.#nameless)
      for (const [unit, known] of this.#known) {
        const entry = this.#entries.get(known.assignment);
        if (entry && !entry.tables.has(table)) this.#hold(unit, { cell }, `rows.${table}`);
      }
    for (const [assignment, problem] of this.#held) {
      const entry = this.#entries.get(assignment);
      if (entry) report(entry, problem);
    }
    return { entries: [...this.#entries.values()], ...this.#orphans };
  }

  #entryOf(known: Known): DeskEntry {
    const at = this.#blank.get(known.assignment) ?? 0;
    return (
      this.#entries.get(known.assignment) ??
      this.#add({ ...known, at, values: {}, saying: NOTHING_SAID, problems: [], readings: [] })
    );
  }

  #add(about: Omit<DeskEntry, 'rows' | 'tables'>): DeskEntry {
    const entry: DeskEntry = { ...about, rows: {}, tables: new Map() };
    this.#entries.set(about.assignment, entry);
    return entry;
  }

  /** Only for a row with content: a unit with an empty row hands nothing in. */
  #hold(unit: string | null, { cell }: Pick<CollectedUnit, 'cell'>, path: string): void {
    const known = unit === null ? undefined : this.#find(unit);
    if (known && !this.#held.has(known.assignment))
      this.#held.set(known.assignment, {
        cell,
        path,
        code: 'ROWS_WITHOUT_UNIT',
        params: { value: unit ?? '' },
      });
  }

  /** Units that may be meant by a name none of them has: written in part, or with a slip. */
  #alike(said: string): string[] {
    const known = this.#likes.get(said);
    if (known) return known;
    const found = [...this.#known.keys()].filter((label) => isAlike(said, label));
    this.#likes.set(said, found);
    return found;
  }

  #find(said: string): Known | undefined {
    const known = this.#known.get(said);
    if (known || said === '') return known;
    const meant = meantOption([...this.#known.keys()], said);
    return meant === null ? undefined : this.#known.get(meant);
  }

  /** The unit of a row; where it has none, its name's cell and the other problems of the row are reported. */
  #unitIn(row: CollectedUnit): Known | null {
    const { unit, cell, problems } = row;
    const known = this.#find(unit);
    if (known) return known;
    const isNamed = problems.some(({ path }) => path === 'unit');
    if (unit !== '')
      report(this.#orphans, {
        cell,
        path: 'unit',
        code: 'UNKNOWN_UNIT',
        params: { value: unit.slice(0, 100) },
      });
    else if (saysAnything(row) && !isNamed) report(this.#orphans, { cell, path: 'unit', code: 'REQUIRED' });
    for (const problem of problems) report(this.#orphans, problem);
    return null;
  }
}
