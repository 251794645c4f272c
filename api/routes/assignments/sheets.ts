// An assignment's form as a workbook to fill in offline: giving it out, reading a filled-in one, handing in its reports.
import { Router } from 'express';
import { SHEET_CALLS, type AnySheetAnswer, type WorkbookReportsAnswer } from '../../../contract/sheets.ts';
import type { Snapshot } from '../../../reading/snapshot.ts';
import type { AssignmentRow } from '../../../db/queries/ledger.ts';
import { relate, type Actor } from '../../../domain/access/relation.ts';
import { taskForceOf } from '../../../domain/code.ts';
import type { Language } from '../../../domain/failure.ts';
import { nameOf, nameOfCode } from '../../../domain/organisation/organisation.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { XLSX_TYPE } from '../../../domain/paper/media-types.ts';
import { forbidden, languageOf } from '../../errors.ts';
import { sendDownload } from '../../files/download.ts';
import { idempotencyKey } from '../../once.ts';
import { RawReply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import { namedIn } from '../../views/reading.ts';
import { readSnapshot, seenRow } from '../../../reading/seen-row.ts';
import { deskWorkbook, judgeDesk, type JudgedDesk } from '../../workbooks/desk-workbook.ts';
import { createWorkbookReader } from '../../../ooxml/workbook/reading/reader.ts';
import { createReception } from '../../workbooks/reception.ts';
import { judgeWorkbook, reportWorkbook, type Judged } from '../../workbooks/report-workbook.ts';
import { handInWorkbook, isAnswered } from '../../workbooks/workbook-reports.ts';

/** The reading of a workbook that has been answered: it is not read again. */
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
  const { door } = deps;

  serve(router, SHEET_CALLS.workbook, async ({ req }) => {
    const { directive, id } = namedIn(req);
    const actor = actorOf(req);
    const snapshot = await readSnapshot(deps, deps.pool, [{ directive, id }]);
    const row = seenRow(snapshot, id, actor, deps.now());
    if (row.state.node) holderOnly(snapshot, row, actor);
    const bytes = row.state.node
      ? await deskWorkbook(deps, snapshot, row, languageOf(req))
      : await reportWorkbook(deps, snapshot, row, actor, languageOf(req));
    const { number } = snapshot.directiveOf(row).terms;
    const name = `${number}-${nameOf(snapshot.directory, row.state.holder)}.xlsx`;
    return new RawReply((res) => {
      sendDownload(res, { name, mediaType: XLSX_TYPE, bytes });
    });
  });

  serve(router, SHEET_CALLS.read, async ({ req }) => {
    const { directive, id } = namedIn(req);
    const actor = actorOf(req);
    const judged = await reception.with(req, async (bytes) => {
      const snapshot = await readSnapshot(deps, deps.pool, [{ directive, id }]);
      const row = seenRow(snapshot, id, actor, deps.now());
      holderOnly(snapshot, row, actor);
      const sent = { bytes, language: languageOf(req) };
      return row.state.node
        ? judgeDesk({ ...deps, reader }, snapshot, row, sent)
        : judgeWorkbook({ ...deps, reader }, snapshot, row, actor, sent);
    });
    // Values in the types the form gives them.
    return judged as AnySheetAnswer;
  });

  serve(router, SHEET_CALLS.handIn, async ({ req }) => {
    const receivedMs = deps.now();
    const { directive, id } = namedIn(req);
    const [actor, key, language] = [actorOf(req), idempotencyKey(req), languageOf(req)];
    const answer = await reception.with(req, async (bytes) => {
      const snapshot = await readSnapshot(deps, deps.pool, [{ directive, id }]);
      const row = seenRow(snapshot, id, actor, deps.now());
      holderOnly(snapshot, row, actor);
      const onBehalf = row.state.node;
      const judged = onBehalf
        ? await judgeDesk({ ...deps, reader }, snapshot, row, { bytes, language })
        : await judgeOwn(snapshot, row, actor, { bytes, language }, await isAnswered(deps, actor, key));
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
    return answer as WorkbookReportsAnswer;
  });

  /** The unit's own report, as a desk's workbook of one row. */
  async function judgeOwn(
    snapshot: Snapshot,
    row: AssignmentRow,
    actor: Actor,
    sent: { bytes: Buffer; language: Language },
    isDone: boolean,
  ): Promise<JudgedDesk> {
    const unit = row.state.unit ?? taskForceOf(row.id);
    const judged = isDone
      ? NOTHING_READ
      : await judgeWorkbook({ ...deps, reader }, snapshot, row, actor, sent);
    const about = { assignment: row.id, unit, unitName: nameOfCode(snapshot.directory, unit), row: null };
    return { items: [{ ...about, ...judged, alreadyIn: false }], problems: [], warnings: [] };
  }

  /** Only the holder's people may use a desk's workbook, since only they may hand in its reports. */
  function holderOnly(snapshot: Snapshot, row: AssignmentRow, actor: Actor): void {
    const { holder } = relate(snapshot.directory, actor.person, snapshot.standingOf(row), deps.now());
    if (!holder) throw forbidden();
  }

  return router;
}
