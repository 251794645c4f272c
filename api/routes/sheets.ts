// An assignment's form as a workbook to fill in offline: what a filled-in one says, and handing in what it says.
import { Router } from 'express';
import { z } from 'zod';
import type { Ledger } from '../../command/ledger/ledger.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { relate, type Actor } from '../../domain/access/relation.ts';
import { taskForceOf } from '../../domain/code.ts';
import type { Language } from '../../domain/failure.ts';
import { nameOf, nameOfCode } from '../../domain/organisation/organisation.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { XLSX } from '../../ooxml/workbook/writing/xlsx.ts';
import { forbidden, languageOf } from '../errors.ts';
import { sendDownload } from '../files/download.ts';
import { createHandingIn } from '../reporting/handing-in.ts';
import { idempotencyKey } from '../once.ts';
import { describe, named } from '../openapi.ts';
import { namedIn, readLedger, seenRow } from '../views/reading.ts';
import { deskWorkbook, judgeDesk, type JudgedDesk } from '../workbooks/desk-workbook.ts';
import { createWorkbookReader } from '../../ooxml/workbook/reading/reader.ts';
import { createReception } from '../workbooks/reception.ts';
import { judgeWorkbook, reportWorkbook, type Judged } from '../workbooks/report-workbook.ts';
import { handInWorkbook, isAnswered } from '../workbooks/workbook-reports.ts';

/** `cell` as in `C7`, with its sheet before it where that is not the first: `明细!B8`; null for what no cell says. */
const CellProblem = named(
  'CellProblem',
  z.object({ cell: z.string().nullable(), path: z.string(), code: z.string(), message: z.string() }),
);

/** How a cell was read that does not say letter by letter what was taken; `formula`: its stored result was. */
const CellReading = named(
  'CellReading',
  z.object({
    cell: z.string(),
    path: z.string(),
    written: z.string(),
    read: z.unknown(),
    formula: z.literal(true).optional(),
  }),
);

const Said = {
  values: z.record(z.string(), z.unknown()),
  rows: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  /** What stands in the cell for explanations, for each rule that asked for one. */
  explanations: z.record(z.string(), z.string()),
  note: z.string().optional(),
};

/** `values`, `rows`, `explanations` and `note`: what a submit takes as it is. `warnings` stop nothing. */
const SheetAnswer = named(
  'Sheet',
  z.object({
    ...Said,
    problems: z.array(CellProblem),
    warnings: z.array(CellProblem),
    readings: z.array(CellReading),
  }),
);

const OfUnit = {
  assignment: z.string(),
  unit: z.string(),
  unitName: z.string(),
  /** On the first sheet; null where only tables say something of the unit. */
  row: z.int().nullable(),
};
/** Of a desk: each unit's row judged by itself; `problems` beside them are of rows that belong to no unit. */
const DeskSheetAnswer = named(
  'DeskSheet',
  z.object({
    items: z.array(
      z.object({
        ...OfUnit,
        ...Said,
        problems: z.array(CellProblem),
        warnings: z.array(CellProblem),
        readings: z.array(CellReading),
        alreadyIn: z.boolean(),
      }),
    ),
    problems: z.array(CellProblem),
    warnings: z.array(CellProblem),
  }),
);
const ReportsAnswer = named(
  'WorkbookReports',
  z.object({
    items: z.array(
      z.object({
        ...OfUnit,
        status: z.int(),
        alreadyIn: z.literal(true).optional(),
        problem: z.unknown().optional(),
        problems: z.array(CellProblem).optional(),
        warnings: z.array(CellProblem).optional(),
        readings: z.array(CellReading).optional(),
      }),
    ),
    problems: z.array(CellProblem),
    warnings: z.array(CellProblem),
  }),
);

describe({
  method: 'get',
  path: '/assignments/{id}/sheet.xlsx',
  tag: 'assignments',
  summary:
    'The form as a workbook to fill in offline, with what has been reported or may be taken over; of a desk, a row for each unit below',
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
  answer: SheetAnswer.or(DeskSheetAnswer),
});
describe({
  method: 'post',
  path: '/assignments/{id}/sheet/reports',
  tag: 'assignments',
  summary:
    'Hands in what a filled-in workbook says: your own report, or of a desk, on behalf of each unit below, its row; one verdict each',
  body: z.object({ file: z.string().meta({ format: 'binary' }) }),
  bodyType: 'multipart/form-data',
  answer: ReportsAnswer,
});

/** Of a workbook that has been answered: it is not read again. */
const NOTHING_READ: Judged = {
  values: {},
  rows: {},
  explanations: {},
  problems: [],
  warnings: [],
  readings: [],
};

export function sheetsRouter(deps: RouteDeps): Router {
  const router = Router();
  const reader = createWorkbookReader(deps.threads);
  const reception = createReception();
  const door = createHandingIn(deps);

  router.get('/assignments/:id/sheet.xlsx', async (req, res) => {
    const { directive, id } = namedIn(req);
    const actor = actorOf(req);
    const ledger = await readLedger(deps, deps.pool, [{ directive, id }]);
    const row = seenRow(ledger, id, actor, deps.now());
    if (row.state.node) holderOnly(ledger, row, actor);
    const bytes = row.state.node
      ? await deskWorkbook(deps, ledger, row, languageOf(req))
      : await reportWorkbook(deps, ledger, row, actor, languageOf(req));
    const { number } = ledger.directiveOf(row).terms;
    const name = `${number}-${nameOf(ledger.directory, row.state.holder)}.xlsx`;
    sendDownload(res, { name, mediaType: XLSX, bytes });
  });

  router.post('/assignments/:id/sheet', async (req, res) => {
    const { directive, id } = namedIn(req);
    const actor = actorOf(req);
    const judged = await reception.with(req, async (bytes) => {
      const ledger = await readLedger(deps, deps.pool, [{ directive, id }]);
      const row = seenRow(ledger, id, actor, deps.now());
      holderOnly(ledger, row, actor);
      const sent = { bytes, language: languageOf(req) };
      return row.state.node
        ? judgeDesk({ ...deps, reader }, ledger, row, sent)
        : judgeWorkbook({ ...deps, reader }, ledger, row, actor, sent);
    });
    res.json(judged);
  });

  router.post('/assignments/:id/sheet/reports', async (req, res) => {
    const receivedMs = deps.now();
    const { directive, id } = namedIn(req);
    const [actor, key, language] = [actorOf(req), idempotencyKey(req), languageOf(req)];
    const answer = await reception.with(req, async (bytes) => {
      const ledger = await readLedger(deps, deps.pool, [{ directive, id }]);
      const row = seenRow(ledger, id, actor, deps.now());
      holderOnly(ledger, row, actor);
      const onBehalf = row.state.node;
      const judged = onBehalf
        ? await judgeDesk({ ...deps, reader }, ledger, row, { bytes, language })
        : await judgeOwn(ledger, row, actor, { bytes, language }, await isAnswered(deps, actor, key));
      const { method, originalUrl: path, requestId } = req;
      const commandIds = (req.commandIds = []);
      const about = { requestId, commandIds, language, onBehalf };
      const request = { actor, receivedMs, key, method, path, bytes, ...about };
      return {
        items: await handInWorkbook({ ...deps, door }, directive, judged, request),
        problems: judged.problems,
        warnings: judged.warnings,
      };
    });
    res.json(answer);
  });

  /** One report of one's own, as a desk's workbook of one row. */
  async function judgeOwn(
    ledger: Ledger,
    row: AssignmentRow,
    actor: Actor,
    sent: { bytes: Buffer; language: Language },
    isDone: boolean,
  ): Promise<JudgedDesk> {
    const unit = row.state.unit ?? taskForceOf(row.id);
    const judged = isDone ? NOTHING_READ : await judgeWorkbook({ ...deps, reader }, ledger, row, actor, sent);
    const about = { assignment: row.id, unit, unitName: nameOfCode(ledger.directory, unit), row: null };
    return { items: [{ ...about, ...judged, alreadyIn: false }], problems: [], warnings: [] };
  }

  /** A desk's workbook is its holder's people's, as what it hands in is. */
  function holderOnly(ledger: Ledger, row: AssignmentRow, actor: Actor): void {
    const { holder } = relate(ledger.directory, actor.person, ledger.standingOf(row), deps.now());
    if (!holder) throw forbidden();
  }

  return router;
}
