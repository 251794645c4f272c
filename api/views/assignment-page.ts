// One assignment with all its screen shows: the route of the API and the page that is painted read it here alike.
import type { AssignmentPage } from '../../contract/assignment-page.ts';
import { findDirective } from '../../db/queries/directive.ts';
import { listLastEvents } from '../../db/queries/event.ts';
import { findFiles } from '../../db/queries/file.ts';
import { listSlips } from '../../db/queries/slip.ts';
import type { Actor } from '../../domain/access/relation.ts';
import { eventText } from '../../domain/delivery/event-text.ts';
import type { Language } from '../../domain/failure.ts';
import { toIso } from '../../domain/instant.ts';
import type { Directory } from '../../domain/organisation/organisation.ts';
import { readingOf } from '../../reading/gate.ts';
import type { Named } from '../../reading/opening.ts';
import { readSnapshot, seenRow } from '../../reading/seen-row.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { assignmentClock, calendarTerms } from './assignment-clock.ts';
import { eventView, formsOf } from './event-view.ts';
import { formToFill } from './form-to-fill.ts';
import { viewAll } from './reading.ts';
import { slipsOf, slipView } from './slip-view.ts';

const SHOWN_EVENTS = 30;
const SHOWN_SLIPS = 20;

async function noticeOf(deps: RouteDeps, directive: string): Promise<AssignmentPage['notice']> {
  const row = await findDirective(deps.pool, directive);
  const attached = row?.attachments ?? [];
  const files = attached.length === 0 ? [] : await findFiles(deps.pool, attached);
  return {
    body: row?.body ?? '',
    attachments: files.map(({ id, name, size, mediaType }) => ({ id, name, size, mediaType })),
  };
}

/** Names of those an answer speaks of; a person who is no longer known keeps the id. */
const namesOf = (directory: Directory, ids: Iterable<string | null | undefined>): Record<string, string> =>
  Object.fromEntries(
    [...new Set(ids)].flatMap((id) => (id == null ? [] : [[id, directory.people.get(id)?.name ?? id]])),
  );

export async function assignmentPage(
  deps: RouteDeps,
  actor: Actor,
  named: Named,
  language: Language,
): Promise<AssignmentPage> {
  const now = deps.now();
  const snapshot = await readSnapshot(deps, deps.pool, [named]);
  const row = seenRow(snapshot, named.id, actor, now);
  const context = { snapshot, actor, now };
  const { directory } = snapshot;
  const reading = readingOf({ directory, person: actor.person, now });
  const [views, notice, events, slips, form] = await Promise.all([
    viewAll(deps, actor, snapshot, [row]),
    noticeOf(deps, named.directive),
    listLastEvents(deps.pool, named.id, SHOWN_EVENTS),
    listSlips(deps.pool, {
      reading,
      directive: named.directive,
      assignment: named.id,
      color: null,
      open: true,
      before: null,
      limit: SHOWN_SLIPS,
    }),
    row.state.node ? null : formToFill(deps, actor, snapshot, row),
  ]);
  const [view] = views;
  if (view === undefined) throw refused('NOT_FOUND');
  const formOf = formsOf(snapshot.directiveOf(row).terms);
  const slipsOfEvents = await slipsOf(deps.pool, events);
  const people = namesOf(directory, [
    ...events.map(({ actor: by }) => by),
    view.submission?.by,
    view.returned?.by,
    view.progress?.by,
    view.extension?.by,
    view.transfer?.by,
    view.decline?.by,
    view.withdrawn?.by,
  ]);
  const nameOf = (id: string | null): string | null => (id === null ? null : (people[id] ?? id));
  return {
    now: toIso(now),
    assignment: { ...view, ...assignmentClock(context, row) },
    notice,
    form,
    events: events.map((logged) => {
      const event = eventView(logged, slipsOfEvents, formOf);
      const actorName = nameOf(event.actor);
      const { type, data } = event;
      return { event, actorName, text: eventText({ type, data, actorName }, language) };
    }),
    slips: slips.map((slip) => slipView(slip, directory)),
    people,
    calendars: calendarTerms(context, [row]),
  };
}
