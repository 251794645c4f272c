// An assignment's form as a workbook to fill in offline: giving it out, reading a filled-in one, handing in its reports.
import { Router } from 'express';
import { SHEET_CALLS, type AnySheetAnswer } from '../../../contract/sheets.ts';
import type { Snapshot } from '../../../reading/snapshot.ts';
import type { AssignmentRow } from '../../../db/queries/ledger.ts';
import { grantsOfRelation } from '../../../domain/access/grant.ts';
import { relate, type Actor } from '../../../domain/access/relation.ts';
import { taskForceOf } from '../../../domain/code.ts';
import type { Language } from '../../../domain/failure.ts';
import { nameOf, nameOfCode } from '../../../domain/organisation/organisation.ts';
import { actorOf } from '../../access/authenticate.ts';
import { demandFacet } from '../../access/right.ts';
import type { RouteDeps } from '../../deps.ts';
import { XLSX_TYPE } from '../../../domain/paper/media-types.ts';
import { languageOf } from '../../errors.ts';
import { sendDownload } from '../../files/download.ts';
import { idempotencyKey } from '../../once.ts';
import { RawReply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import { namedIn } from '../../views/reading.ts';
import { readSnapshot, seenRow } from '../../../reading/seen-row.ts';
import { deskWorkbook, judgeDesk, type JudgedDesk } from '../../../reading/workbook/desk-workbook.ts';
import { createWorkbookReader } from '../../../ooxml/workbook/reading/reader.ts';
import { createReception } from '../../files/reception.ts';
import { judgeWorkbook, reportWorkbook } from '../../../reading/workbook/report-workbook.ts';
import type { Judged } from '../../../domain/paper/workbook/report/judged-report.ts';
import { handInWorkbook, isAnswered } from '../../../command/intake/workbook-reports.ts';
import { hash } from 'node:crypto';
import { requestHash } from '../../../command/identity.ts';
import { writeWorkbook } from '../../../ooxml/workbook/writing/write-workbook.ts';
import { workbookVerdict } from '../../views/workbook-verdict.ts';

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
    const sheets = row.state.node
      ? await deskWorkbook(deps, snapshot, row, actor, languageOf(req))
      : await reportWorkbook(deps, snapshot, row, actor, languageOf(req));
    const bytes = await writeWorkbook(sheets);
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
        ? judgeDesk({ ...deps, reader }, snapshot, row, actor, sent)
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
        ? await judgeDesk({ ...deps, reader }, snapshot, row, actor, { bytes, language })
        : await judgeOwn(snapshot, row, actor, { bytes, language }, await isAnswered(deps.pool, actor, key));
      const { requestId } = req;
      const { problems, warnings } = judged;
      const items = await handInWorkbook({ pool: deps.pool, door }, directive, judged.items, {
        ...{ actor, receivedMs, key, requestId, onBehalf },
        request: requestHash(req.method, req.originalUrl, hash('sha256', bytes, 'hex')),
        commandIds: (req.commandIds = []),
      });
      return {
        items: items.map(({ item, fared }, index) =>
          workbookVerdict(deps, item, fared, { language, requestId, index }),
        ),
        problems,
        warnings,
      };
    });
    return answer;
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
    const relation = relate(snapshot.directory, actor.person, snapshot.standingOf(row), deps.now());
    demandFacet('workbookOfNode', grantsOfRelation(relation));
  }

  return router;
}
