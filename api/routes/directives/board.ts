// The board of directives, and what holds one of them up.
import { Router } from 'express';
import { z } from 'zod';
import { BOARD_CALLS } from '../../../contract/board.ts';
import { listStuck } from '../../../db/queries/stuck.ts';
import { wholeOf } from '../../access/directive-access.ts';
import type { RouteDeps } from '../../deps.ts';
import { readCursor } from '../../page.ts';
import { serve } from '../../serve.ts';
import { boardView, stuckItem } from '../../views/board-view.ts';

const BoardCursor = z.tuple([z.iso.datetime({ offset: true }), z.string()]);

export function boardRouter(deps: RouteDeps): Router {
  const router = Router();
  serve(router, BOARD_CALLS.board, ({ req, query }) => {
    const after = readCursor(BoardCursor, query.cursor);
    return boardView(deps, req, query, after === null ? null : { at: after[0], id: after[1] });
  });
  serve(router, BOARD_CALLS.stuck, async ({ req, query }) => {
    const { directive, directory, viewer } = await wholeOf(deps, req);
    const calendar = await deps.calendars.at(deps.pool, directive.calendar, directive.calendarVersion);
    const rows = await listStuck(deps.pool, [directive.id], viewer.now, query.limit);
    return rows.map((row) => stuckItem(row, directory, calendar, viewer.now));
  });
  return router;
}
