// All merged rows of a table field, however many: in pages, and as a text with commas for spreadsheets (api.md §8).
import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { SUMMARY_CALLS, type CsvQuery, type RowsPage } from '../../../contract/summaries.ts';
import { safeFileName } from '../../../domain/file-name.ts';
import type { Field } from '../../../domain/form/field.ts';
import type { Directory } from '../../../domain/organisation/organisation.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf, refused } from '../../errors.ts';
import { attachmentNamed } from '../../files/content-disposition.ts';
import { isHangUp } from '../../files/hang-up.ts';
import { readCursor, writeCursor } from '../../page.ts';
import { RawReply, WrittenReply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import {
  madeBytes,
  type RowsAsked,
  type SummaryDone,
  type SummaryWork,
  namesIn,
} from '../../../reading/summary-work.ts';
import { findSensitiveSight } from '../../../reading/sensitive.ts';
import { shownPlace } from '../../views/summary-places.ts';
import { wholeOf } from '../../access/directive-access.ts';

const CSV = 'text/csv';

type Found = { rows: RowsAsked; directory: Directory; number: string };

export function summaryRowsRouter(deps: RouteDeps): Router {
  const router = Router();

  const made = (req: Request, { directory }: Found, work: Unfinished): Promise<SummaryDone> =>
    deps.summaries.make({ ...work, names: namesIn(directory), language: languageOf(req) });

  for (const [rowsCall, csvCall, find] of [
    [SUMMARY_CALLS.rowsOfDirective, SUMMARY_CALLS.csvOfDirective, rowsOfItem],
    [SUMMARY_CALLS.rowsOfAssignment, SUMMARY_CALLS.csvOfAssignment, rowsOfAssignment],
  ] as const) {
    serve(router, rowsCall, async ({ req, query: { limit, cursor, ...query } }) => {
      const found = await find(deps, req, query);
      const from = readCursor(z.int().min(0), cursor) ?? 0;
      const { basis } = query;
      const page = madeBytes(await made(req, found, { make: 'page', rows: found.rows, basis, from, limit }));
      // The rows stay as they were written: only the tail after them is put into words of this API.
      const tail = /,"nextFrom":(\d+|null)\}$/.exec(page.subarray(-40).toString())?.[1] ?? 'null';
      const next = tail === 'null' ? null : writeCursor(Number(tail));
      const rows = page.subarray(0, page.length - `,"nextFrom":${tail}}`.length);
      return new WrittenReply<RowsPage>(
        Buffer.concat([rows, Buffer.from(`,"nextCursor":${JSON.stringify(next)}}`)]),
      );
    });
    serve(router, csvCall, async ({ req, query }) => {
      const found = await find(deps, req, query);
      const to = await deps.files.scratch();
      return new RawReply(async (res) => {
        try {
          await made(req, found, { make: 'csv', rows: found.rows, basis: query.basis, to });
          await sendCsv(res, `${found.number}_${found.rows.field.label}.csv`, to);
        } finally {
          await rm(to, { force: true });
        }
      });
    });
  }
  return router;
}

type Unfinished = SummaryWork extends infer W
  ? W extends unknown
    ? Omit<W, 'names' | 'language'>
    : never
  : never;

/** From the file, as fast as the reader takes it: a slow one holds neither a thread nor the rows in memory. */
async function sendCsv(res: Response, name: string, from: string): Promise<void> {
  const file = await open(from);
  const { size } = await file.stat();
  res.set({
    'content-type': `${CSV}; charset=utf-8`,
    'content-disposition': attachmentNamed(safeFileName(name.replace(/[/\\]/g, '_'))),
    'content-length': String(size),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  });
  await pipeline(file.createReadStream(), res).catch((error: unknown) => {
    if (!isHangUp(error)) throw error;
  });
}

async function rowsOfItem(deps: RouteDeps, req: Request, query: CsvQuery): Promise<Found> {
  const { directory, directive, viewer } = await wholeOf(deps, req);
  const items = directive.items.filter(({ key }) => query.item === undefined || key === query.item);
  const [item, another] = items;
  if (!item) throw refused('MALFORMED', { errors: [{ path: 'item', code: 'NOT_FOUND' }] });
  if (another) throw refused('MALFORMED', { errors: [{ path: 'item', code: 'REQUIRED' }] });
  const node = `${directive.id}.${item.key}`;
  const field = tableIn(item.form?.fields, query);
  const { id, office } = directive;
  const sensitive = await findSensitiveSight(deps.pool, viewer, { directive: id, office }, [item.form]);
  const rows = { directive: id, node, isLeaf: false, field, sensitive };
  return { rows, directory, number: directive.number };
}

async function rowsOfAssignment(deps: RouteDeps, req: Request, query: CsvQuery): Promise<Found> {
  const { directive, id, snapshot, row, form, sensitive } = await shownPlace(deps, req, query.basis);
  const { terms } = snapshot.directiveOf(row);
  const field = tableIn(form?.fields, query);
  const rows = { directive, node: id, isLeaf: !row.state.node, field, sensitive };
  return { rows, directory: snapshot.directory, number: terms.number };
}

function tableIn(fields: readonly Field[] | undefined, { field }: CsvQuery): Field {
  const found = fields?.find(
    ({ key, type, aggregate }) => key === field && type === 'table' && aggregate !== 'none',
  );
  if (!found) throw refused('MALFORMED', { errors: [{ path: 'field', code: 'UNKNOWN_FIELD' }] });
  return found;
}
