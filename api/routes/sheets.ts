// An assignment's form as a workbook to fill in offline, and what a filled-in one says; nothing is handed in by it.
import { Router } from 'express';
import { z } from 'zod';
import { relate } from '../../domain/assignment/access.ts';
import { nameOf } from '../../domain/organisation/organisation.ts';
import { actorOf } from '../authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { XLSX } from '../documents/xlsx.ts';
import { forbidden, languageOf, refused } from '../errors.ts';
import { attachmentNamed } from '../files/content-disposition.ts';
import { describe, named } from '../openapi.ts';
import { namedIn, readLedger, seenRow } from '../views/reading.ts';
import { createWorkbookReader } from '../workbooks/reader.ts';
import { createReception } from '../workbooks/reception.ts';
import { judgeWorkbook, reportWorkbook } from '../workbooks/report-workbook.ts';

/** `cell` as in `C7`, with its sheet before it where that is not the first: `明细!B8`; null for what no cell says. */
const CellProblem = named(
  'CellProblem',
  z.object({ cell: z.string().nullable(), path: z.string(), code: z.string(), message: z.string() }),
);

/** `values` and `rows`: what a submit takes as it is. `warnings` stop nothing. */
const SheetAnswer = named(
  'Sheet',
  z.object({
    values: z.record(z.string(), z.unknown()),
    rows: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
    problems: z.array(CellProblem),
    warnings: z.array(CellProblem),
  }),
);

describe({
  method: 'get',
  path: '/assignments/{id}/sheet.xlsx',
  tag: 'assignments',
  summary: 'The form as a workbook to fill in offline, with what has been reported or may be taken over',
  answerType: XLSX,
});
describe({
  method: 'post',
  path: '/assignments/{id}/sheet',
  tag: 'assignments',
  summary: 'What a filled-in workbook of at most 20 MB says, every problem by its cell; changes nothing',
  body: z.object({ file: z.string().meta({ format: 'binary' }) }),
  bodyType: 'multipart/form-data',
  once: false,
  answer: SheetAnswer,
});

export function sheetsRouter(deps: RouteDeps): Router {
  const router = Router();
  const reader = createWorkbookReader();
  const reception = createReception();

  router.get('/assignments/:id/sheet.xlsx', async (req, res) => {
    const { directive, id } = namedIn(req);
    const actor = actorOf(req);
    const ledger = await readLedger(deps, deps.pool, [{ directive, id }]);
    const row = seenRow(ledger, id, actor, deps.now());
    if (row.state.node) throw refused('REPORTED_BELOW');
    const bytes = await reportWorkbook(deps, ledger, row, actor, languageOf(req));
    const { number } = ledger.directiveOf(row).terms;
    const name = `${number}-${nameOf(ledger.directory, row.state.holder)}.xlsx`;
    res.set({
      'content-type': XLSX,
      'content-disposition': attachmentNamed(name.replace(/[/\\:*?"<>|]/g, '_')),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    res.send(bytes);
  });

  router.post('/assignments/:id/sheet', async (req, res) => {
    const { directive, id } = namedIn(req);
    const actor = actorOf(req);
    const judged = await reception.with(req, async (bytes) => {
      const ledger = await readLedger(deps, deps.pool, [{ directive, id }]);
      const row = seenRow(ledger, id, actor, deps.now());
      const { holder } = relate(ledger.directory, actor.person, ledger.standingOf(row), deps.now());
      if (!holder) throw forbidden();
      if (row.state.node) throw refused('REPORTED_BELOW');
      return judgeWorkbook({ ...deps, reader }, ledger, row, actor, { bytes, language: languageOf(req) });
    });
    res.json(judged);
  });

  return router;
}
