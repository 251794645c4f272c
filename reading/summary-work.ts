// Orders for summaries of the reports below places, plain data that goes to a thread, and the code that answers them with bytes.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isClearBy, type SensitiveSight } from './sensitive.ts';
import { mergedRows, resultOf, summarise, type Basis, type SummarySubject, type Summary } from './summary.ts';
import { itemFigures, type ItemAsked } from './summary-figures.ts';
import type { Db } from '../db/pool.ts';
import type { Language } from '../domain/failure.ts';
import type { Field, Form } from '../domain/form/field.ts';
import { csvPieces } from '../domain/paper/summary/csv.ts';
import { summaryDocument } from '../domain/paper/summary/document/summary-document.ts';
import type { SummaryFigures } from '../domain/paper/summary/figures.ts';
import { summaryWorkbook } from '../domain/paper/summary/workbook/summary-workbook.ts';
import { fillings } from '../domain/paper/template/filling.ts';
import type { TemplateKind, UnfitReason } from '../domain/paper/template/template.ts';
import type { Directory } from '../domain/organisation/organisation.ts';
import type { OfficialDocument } from '../domain/paper/summary/document/document.ts';
import type { SummarySheet } from '../domain/paper/summary/workbook/sheet.ts';

/** Names of units and task forces by their codes. */
export type Names = ReadonlyMap<string, string>;

/** A summary before its figures are read. */
export type FiguresAsked = {
  head: Omit<SummaryFigures, 'items'>;
  items: Omit<ItemAsked, 'nameOf'>[];
  isWhole: boolean;
};

/** A place to answer with its figures as JSON. */
export type PlaceAsked = {
  directive: string;
  node: string;
  form: Form | undefined;
  isLeaf: boolean;
  isWhole: boolean;
  final: boolean;
  of: SummarySubject;
  /** What of it is clear to the reader; null: the form asks nothing sensitive. */
  sensitive: SensitiveSight | null;
};

export type RowsAsked = {
  directive: string;
  node: string;
  field: Field;
  isLeaf: boolean;
  /** As of a place. */
  sensitive: SensitiveSight | null;
};

export type SummaryWork = { names: Names; language: Language; basis: Basis } & (
  | { make: 'xlsx' | 'docx'; figures: FiguresAsked }
  | {
      make: 'template';
      figures: FiguresAsked;
      template: {
        bytes: Uint8Array;
        kind: TemplateKind;
        mapping: Readonly<Record<string, string>>;
        say: { nothing: string; rest: string };
      };
    }
  /** `isList`: as `{items}`, else the one place by itself. */
  | { make: 'json'; places: PlaceAsked[]; isList: boolean; at: string }
  /** Into a new file: all rows as a text may be larger than memory should hold twice. */
  | { make: 'csv'; rows: RowsAsked; to: string }
  /** `nextFrom` of the answer: where the next page begins, null after the last. */
  | { make: 'page'; rows: RowsAsked; from: number; limit: number }
);

export type SummaryDone = { bytes: Uint8Array } | { fileBytes: number } | { unfit: UnfitReason };

/** Of work that ends in bytes and fits by its kind. */
export function madeBytes(done: SummaryDone): Buffer {
  if (!('bytes' in done)) throw new Error(`no bytes were made: ${JSON.stringify(done)}`);
  const { buffer, byteOffset, byteLength } = done.bytes;
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Makes bytes of plans. It is handed in (api/summaries/summary-press.ts): what reads the record knows no file format. */
export type SummaryPress = {
  render(plan: SummaryPlan): Promise<Uint8Array>;
  fill(bytes: Uint8Array, kind: TemplateKind, fill: TemplateFill): Promise<SummaryDone>;
  /** A place's figures as they are answered. */
  view(summary: Summary, about: { of: SummarySubject; final: boolean; at: string; basis: Basis }): object;
};
type SummaryPlan = { sheets: SummarySheet[]; creator: string } | { document: OfficialDocument };
type TemplateFill = {
  fillings: ReturnType<typeof fillings>;
  say: { nothing: string; rest: string };
};

export async function doSummaryWork(db: Db, work: SummaryWork, press: SummaryPress): Promise<SummaryDone> {
  const nameOf = (code: string): string => work.names.get(code) ?? code;
  const { language, basis } = work;
  switch (work.make) {
    case 'xlsx': {
      const figures = await figuresOf(db, work.figures, nameOf);
      const sheets = summaryWorkbook(figures, { language, nameOf });
      return { bytes: await press.render({ sheets, creator: figures.from }) };
    }
    case 'docx': {
      const figures = await figuresOf(db, work.figures, nameOf);
      return { bytes: await press.render({ document: summaryDocument(figures, { language, nameOf }) }) };
    }
    case 'template': {
      const { bytes, kind, mapping, say } = work.template;
      const figures = await figuresOf(db, work.figures, nameOf);
      const [item] = figures.items;
      if (!item) throw new Error('a template is filled from one item');
      const fill = { fillings: fillings(mapping, { figures, item, language }), say };
      return press.fill(bytes, kind, fill);
    }
    case 'json': {
      const shown = [];
      for (const { of, isWhole, final, sensitive, ...place } of work.places) {
        const isClear = isClearBy(sensitive);
        const summary = await summarise(db, { ...place, isClear, unitName: nameOf }, basis);
        shown.push(press.view(isWhole ? summary : resultOf(summary), { of, final, at: work.at, basis }));
      }
      return { bytes: Buffer.from(JSON.stringify(work.isList ? { items: shown } : shown[0])) };
    }
    case 'csv': {
      const { field } = work.rows;
      const rows = await mergedRows(db, rowsSeen(work.rows, nameOf), basis);
      // Masked row by row already.
      const pieces = csvPieces(rows, { ...field, sensitive: false }, { language, nameOf, files: {} });
      const file = createWriteStream(work.to, { flags: 'wx', mode: 0o600 });
      await pipeline(Readable.from(pieces), file);
      return { fileBytes: file.bytesWritten };
    }
    case 'page': {
      const { from, limit } = work;
      const rows = await mergedRows(db, rowsSeen(work.rows, nameOf), basis);
      const items = rows.slice(from, from + limit);
      const nextFrom = from + limit < rows.length ? from + limit : null;
      return { bytes: Buffer.from(JSON.stringify({ items, total: rows.length, nextFrom })) };
    }
  }
}

const rowsSeen = (
  { sensitive, ...rows }: RowsAsked,
  unitName: (code: string) => string,
): Parameters<typeof mergedRows>[1] => ({ ...rows, isClear: isClearBy(sensitive), unitName });

async function figuresOf(
  db: Db,
  { head, items, isWhole }: FiguresAsked,
  nameOf: (code: string) => string,
): Promise<SummaryFigures> {
  const figures = [];
  for (const item of items)
    figures.push(
      await itemFigures(db, { ...item, nameOf }, { basis: head.basis, items: items.length, isWhole }),
    );
  return { ...head, items: figures };
}

/** The places a work reads, each with how many fields are asked there. */
export function readIn(work: SummaryWork): { directive: string; node: string; fields: number }[] {
  switch (work.make) {
    case 'json':
      return work.places.map(({ directive, node, form }) => ({
        directive,
        node,
        fields: form?.fields.length ?? 0,
      }));
    case 'csv':
    case 'page':
      return [{ directive: work.rows.directive, node: work.rows.node, fields: 1 }];
    default:
      return work.figures.items.map(({ directive, node, form }) => ({
        directive,
        node,
        fields: form?.fields.length ?? 0,
      }));
  }
}

const known = new WeakMap<Directory, Names>();

/** The unit's where a code is both; made once of each organisation. */
export function namesIn(directory: Directory): Names {
  const names =
    known.get(directory) ??
    new Map(
      [...directory.taskForces, ...directory.units].map(([code, { name }]): [string, string] => [code, name]),
    );
  known.set(directory, names);
  return names;
}
