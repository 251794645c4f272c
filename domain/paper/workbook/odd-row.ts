// Rows of a table that people add and that are no entries: totals, and notes below the last entry.
import { isNumeric } from '../../form/field-kind.ts';
import type { Cell } from './cell/cell.ts';
import type { MergedCells } from './cell/merged-cells.ts';
import type { Slot } from './cell/slot.ts';

/** A row with its cells, from left to right. */
export type FilledRow = { at: number; cells: [column: number, cell: Cell][] };

const TOTAL = /^(?:合计|总计|小计|共计|总数|total|sum|subtotal|grandtotal)[:：]?$/i;

/**
 * Null for an ordinary row. `isEntry`: it begins like a row of totals, but says more than a word and numbers, or the
 * word is an option of the form.
 */
export function isTotal(
  { cells }: FilledRow,
  slots: readonly Slot[],
  columns: readonly number[],
): { value: string; isEntry: boolean } | null {
  const [first, ...others] = cells;
  const word = typeof first?.[1] === 'string' ? first[1].trim() : '';
  if (!first || !TOTAL.test(word.normalize('NFKC').replace(/\s/g, ''))) return null;
  const slotAt = (column: number): Slot | undefined => slots[columns.indexOf(column)];
  const isOption = slotAt(first[0])?.of.options?.includes(word) === true;
  const saysMore = others.some(([column, cell]) => {
    const slot = slotAt(column);
    return slot !== undefined && typeof cell === 'string' && !isNumeric(slot.of.type);
  });
  return { value: word, isEntry: isOption || saysMore };
}

const NOTE =
  /^(?:(?:填表|填报|制表|报送|统计|经办|审核|复核|审批|审签|签发|分管|主管)(?:人员?|单位|负责人|领导|日期|时间)|(?:单位)?负责人(?:签字|签名|签章)|联系电话|备注|注|说明|附注|note|remarks?|(?:prepared|filledin|checked)by)(?:[(（].*[)）])?[:：]/i;
const SIGNED = /^(?:填表|填报|制表|审核|复核)人/;

/** Takes the notes off the end of the rows and returns them: rows that begin like a note, or lie across columns. */
export function trailingNotes(
  rows: FilledRow[],
  merged: MergedCells,
  columns: readonly number[],
): FilledRow[] {
  const notes: FilledRow[] = [];
  for (let last = rows.at(-1); last && isNote(last, merged, columns); last = rows.at(-1)) {
    notes.unshift(last);
    rows.pop();
  }
  return notes;
}

function isNote({ at, cells }: FilledRow, merged: MergedCells, columns: readonly number[]): boolean {
  const [first] = cells;
  if (!first || typeof first[1] !== 'string') return false;
  const said = first[1].normalize('NFKC').replace(/\s/g, '');
  if (NOTE.test(said) || SIGNED.test(said)) return true;
  const merge = merged.at(at, first[0]);
  const across = merge ? columns.filter((column) => column >= merge.left && column <= merge.right) : [];
  return cells.length === 1 && across.length > 1;
}
