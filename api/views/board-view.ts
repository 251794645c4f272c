// The board: directives the reader sees whole, each with its own light, and the one thing that holds it up most.
import type { Request } from 'express';
import type { z } from 'zod';
import type { BOARD_CALLS, BoardItem, StuckItem } from '../../contract/board.ts';
import { listDirectives, type DirectiveRow } from '../../db/queries/directive.ts';
import {
  countStrips,
  findWithTaskForce,
  listStuck,
  type StripRow,
  type StuckRow,
} from '../../db/queries/stuck.ts';
import { tallyBelow } from '../../db/queries/tally.ts';
import { workingBetween, type Calendar } from '../../domain/calendar/calendar.ts';
import { known } from '../../domain/assignment/retime.ts';
import type { Light } from '../../domain/assignment/light.ts';
import { toIso, toIsoOrNull, type Millis } from '../../domain/instant.ts';
import { codeOf, isTaskForce, nameOf, type Directory } from '../../domain/organisation/organisation.ts';
import { placesNamed } from '../../domain/organisation/named-places.ts';
import { readingOf } from '../../reading/gate.ts';
import { viewerOf } from '../access/viewer.ts';
import type { RouteDeps } from '../deps.ts';
import { pageOf } from '../page.ts';
import { nearYears } from './assignment-clock.ts';

type BoardAnswer = z.output<(typeof BOARD_CALLS.board.answers)[200]>;
type BoardQuery = z.output<typeof BOARD_CALLS.board.query>;

const NEAR_DUE = 0.2;
const NO_STRIP: Omit<StripRow, 'directive'> = {
  grey: 0,
  green: 0,
  yellow: 0,
  red: 0,
  blue: 0,
  hatched: 0,
  receiptsLate: 0,
};

/** A directive's light is its own, by its own clock: late parts make it yellow, else a large one would always be red. */
export function directiveLight(
  directive: Pick<DirectiveRow, 'phase' | 'handedUp'> & { dueMs: Millis | null; issuedMs: Millis | null },
  { red, receiptsLate }: Pick<StripRow, 'red' | 'receiptsLate'>,
  now: Millis,
): Light {
  const { phase, handedUp, dueMs, issuedMs } = directive;
  if (phase === 'closed' || phase === 'cancelled') return 'blue';
  if (phase === 'draft') return 'grey';
  if (dueMs !== null && dueMs < now && handedUp === 0) return 'red';
  const isNear = dueMs !== null && issuedMs !== null && dueMs - now <= NEAR_DUE * (dueMs - issuedMs);
  return red > 0 || receiptsLate > 0 || (isNear && handedUp === 0) ? 'yellow' : 'green';
}

export function stuckItem(
  row: StuckRow,
  directory: Directory,
  calendar: Calendar | null,
  now: Millis,
): StuckItem {
  const { assignment, holder, waitsFor, since, behind, escalation, slips } = row;
  return {
    ...{ assignment, waitsFor, behind, escalation, slips },
    holder: {
      code: codeOf(holder),
      name: nameOf(directory, holder),
      kind: isTaskForce(holder) ? 'taskForce' : 'unit',
    },
    since: since.toISOString(),
    workingMs: calendar === null ? null : known(() => workingBetween(calendar, since.getTime(), now)),
  };
}

export async function boardView(
  deps: RouteDeps,
  req: Request,
  query: BoardQuery,
  before: { at: string; id: string } | null,
): Promise<BoardAnswer> {
  const viewer = await viewerOf(deps, req);
  const { directory, now } = viewer;
  const listed = await listDirectives(deps.pool, {
    reading: readingOf(viewer),
    phase: null,
    sought: query.q === undefined ? null : { q: query.q, places: placesNamed(directory, query.q, now) },
    before,
    limit: query.limit + 1,
  });
  const page = pageOf(
    listed,
    query.limit,
    ({ madeAt, id }) => [madeAt.toISOString(), id],
    (each) => each,
  );
  const whole = page.items.filter(({ shown, phase }) => shown === 'whole' && phase !== 'draft');
  const { taskForce } = query;
  const among =
    taskForce === undefined
      ? null
      : await findWithTaskForce(
          deps.pool,
          whole.map(({ id }) => id),
          taskForce,
        );
  const rows = whole.filter(({ id }) => among === null || among.has(id));
  const ids = rows.map(({ id }) => id);
  const [tallies, strips, stuck] = await Promise.all([
    tallyBelow(
      deps.pool,
      ids.map((id) => ({ directive: id, id })),
      now,
    ),
    countStrips(deps.pool, ids, now),
    listStuck(deps.pool, ids, now, 1),
  ]);
  const firstStuck = new Map(stuck.map((row) => [row.directive, row]));
  const calendars = new Map<string, BoardAnswer['calendars'][number] & { whole: Calendar }>();
  for (const { calendar: id, calendarVersion: version } of rows) {
    const key = `${id}@${version}`;
    if (calendars.has(key)) continue;
    const full = await deps.calendars.at(deps.pool, id, version);
    calendars.set(key, { id, version, calendar: nearYears(full, now), whole: full });
  }
  const items = rows.flatMap((row): BoardItem[] => {
    const tally = tallies.get(row.id);
    if (tally === undefined) return [];
    const { directive: _, receiptsLate, ...strip } = strips.get(row.id) ?? { directive: row.id, ...NO_STRIP };
    const due = row.officeDueAt ?? row.dueAt;
    const held = firstStuck.get(row.id);
    const clocks = { dueMs: due?.getTime() ?? null, issuedMs: row.issuedAt?.getTime() ?? null };
    const calendar = calendars.get(`${row.calendar}@${row.calendarVersion}`)?.whole ?? null;
    return [
      {
        id: row.id,
        number: row.number,
        title: row.title,
        urgency: row.urgency,
        phase: row.phase,
        light: directiveLight({ ...row, ...clocks }, { red: strip.red, receiptsLate }, now),
        dueAt: toIsoOrNull(clocks.dueMs),
        calendar: row.calendar,
        calendarVersion: row.calendarVersion,
        counts: tally.counts,
        coverage: tally.coverage,
        strip,
        receiptsLate,
        stuck:
          held === undefined || row.phase === 'closed' || row.phase === 'cancelled'
            ? null
            : stuckItem(held, directory, calendar, now),
      },
    ];
  });
  const totals: BoardAnswer['totals'] = {};
  for (const { light } of items) totals[light] = (totals[light] ?? 0) + 1;
  return {
    items: items
      .filter(({ light }) => query.light === undefined || light === query.light)
      .sort((a, b) => RANK[a.light] - RANK[b.light] || compareDue(a, b)),
    nextCursor: page.nextCursor,
    now: toIso(now),
    totals,
    calendars: [...calendars.values()].map(({ id, version, calendar }) => ({ id, version, calendar })),
  };
}

/** What is late first, what is done last. */
const RANK: Readonly<Record<Light, number>> = { red: 0, yellow: 1, green: 2, grey: 3, hatched: 4, blue: 5 };

const compareDue = (a: BoardItem, b: BoardItem): number =>
  (a.dueAt ?? '9') < (b.dueAt ?? '9') ? -1 : (a.dueAt ?? '9') > (b.dueAt ?? '9') ? 1 : 0;
