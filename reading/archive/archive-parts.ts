// The record of a directive part by part, as its archive has it: nothing sensitive in clear, nothing held whole.
import { isDeepStrictEqual } from 'node:util';
import { listContentsAfter, listFilesOf, type ContentPlace } from '../../db/queries/archive.ts';
import { listAmendments } from '../../db/queries/amendment.ts';
import type { ChainEnd } from '../../db/queries/checkpoint.ts';
import { findRequest, type DirectiveRow } from '../../db/queries/directive.ts';
import { listChain, listLogsOf, type LoggedEvent } from '../../db/queries/event.ts';
import { findHandUp, listHandUps } from '../../db/queries/hand-up.ts';
import { listSlips } from '../../db/queries/slip.ts';
import { listRowsAfter } from '../../db/queries/verification.ts';
import type { Pool } from '../../db/pool.ts';
import type { ArchivedContent, ArchivedEvent, ArchivedRow } from '../../domain/audit/archive.ts';
import { fold } from '../../domain/assignment/evolve.ts';
import type { Happening } from '../../domain/assignment/happening.ts';
import { maskedEvent, maskedHandUp, type FormOfItem } from '../../domain/merge/masked-record.ts';
import { safeFileName } from '../../domain/file-name.ts';
import { canonical } from '../chain.ts';
import { readingOf, type Viewer } from '../gate.ts';
import { seenSubmission } from '../sensitive.ts';

export type ArchivePart = { name: string; content: AsyncIterable<Buffer> };

export type RecordAsked = {
  pool: Pool;
  viewer: Viewer;
  directive: DirectiveRow;
  /** The ends of its desks' logs when the archive began: nothing of a later event is in it. */
  ends: readonly ChainEnd[];
  openFile(id: string): Promise<AsyncIterable<Buffer>>;
};

export const ARCHIVE_NAMES = {
  events: 'chain/events.jsonl',
  ends: 'chain/checkpoint.jsonl',
  rows: 'record/assignments.jsonl',
  contents: 'record/submissions.jsonl',
} as const;

/** Events, rows and contents read in one go: a megabyte or two; some contents are a megabyte each. */
const EVENTS_A_PAGE = 500;
const ROWS_A_PAGE = 50;
const CONTENTS_A_PAGE = 20;
const FEW_A_PAGE = 100;
/** Above every number. */
const LAST = 2 ** 31 - 1;

export async function* recordParts(asked: RecordAsked): AsyncGenerator<ArchivePart> {
  const { directive } = asked;
  const forms = new Map(directive.items.map(({ key, form }) => [key, form]));
  const formOf: FormOfItem = (item) => forms.get(item);
  // Files named in what is masked: they are not in the archive either.
  const hidden = new Set<string>();
  yield { name: 'record/directive.json', content: linesOf(directiveOf(asked)) };
  yield { name: 'record/amendments.jsonl', content: linesOf(amendmentsOf(asked)) };
  yield { name: 'record/slips.jsonl', content: linesOf(slipsOf(asked)) };
  yield { name: ARCHIVE_NAMES.events, content: linesOf(eventsOf(asked, formOf)) };
  yield { name: ARCHIVE_NAMES.rows, content: linesOf(rowsOf(asked)) };
  yield { name: ARCHIVE_NAMES.contents, content: linesOf(contentsOf(asked, formOf, hidden)) };
  for (let after = ''; ;) {
    const files = await listFilesOf(asked.pool, directive.id, after, FEW_A_PAGE);
    for (const { id, name } of files)
      if (!hidden.has(id))
        yield {
          name: `files/${id}/${safeFileName(name.replace(/[/\\]/g, '_'))}`,
          content: await asked.openFile(id),
        };
    after = files.at(-1)?.id ?? after;
    if (files.length < FEW_A_PAGE) return;
  }
}

/** One line each, in the one form that is hashed. */
async function* linesOf(values: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let lines: string[] = [];
  let length = 0;
  for await (const value of values) {
    const line = `${canonical(value)}\n`;
    lines.push(line);
    length += line.length;
    if (length < 64 * 1024) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
    length = 0;
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''));
}

async function* directiveOf({ pool, directive }: RecordAsked): AsyncGenerator {
  yield plain({ directive, request: await findRequest(pool, directive.id) });
}

/** As JSON says it: instants as texts. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function* amendmentsOf({ pool, directive }: RecordAsked): AsyncGenerator {
  for (let before = LAST; ;) {
    const rows = await listAmendments(pool, directive.id, before, FEW_A_PAGE);
    for (const row of rows) yield plain(row);
    before = rows.at(-1)?.n ?? before;
    if (rows.length < FEW_A_PAGE) return;
  }
}

async function* slipsOf({ pool, directive, viewer }: RecordAsked): AsyncGenerator {
  const filter = { directive: directive.id, assignment: null, color: null, open: null };
  for (let before: { at: string; id: string } | null = null; ;) {
    const rows = await listSlips(pool, { ...filter, reading: readingOf(viewer), before, limit: FEW_A_PAGE });
    for (const row of rows) yield plain(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < FEW_A_PAGE) return;
    before = { at: last.at.toISOString(), id: last.id };
  }
}

async function* eventsOf(
  { pool, directive, ends }: RecordAsked,
  formOf: FormOfItem,
): AsyncGenerator<ArchivedEvent> {
  for (const { chain: desk, seq: end } of ends)
    for (let after = 0; after < end;) {
      const page = await listChain(pool, directive.id, desk, after, Math.min(EVENTS_A_PAGE, end - after));
      for (const event of page) yield archivedEvent(event, formOf);
      // One that is missing ends it: the archive then shows it, as the record does.
      if (page.length === 0) break;
      after = page.at(-1)?.seq ?? end;
    }
}

function archivedEvent(event: LoggedEvent, formOf: FormOfItem): ArchivedEvent {
  const { desk, seq, assignment, type, actor, token, hash } = event;
  const { data } = maskedEvent(formOf, event);
  return {
    desk,
    seq,
    assignment,
    type,
    actor,
    token,
    received: event.received.toISOString(),
    at: event.at.toISOString(),
    data: data as Record<string, unknown>,
    hash,
    ...(isDeepStrictEqual(data, event.data) ? {} : { sealed: true as const }),
  };
}

/** Rows go on changing: those of the archive are made from its own events. */
async function* rowsOf({ pool, directive, ends }: RecordAsked): AsyncGenerator<ArchivedRow> {
  for (const { chain: desk, seq: end } of ends)
    for (let after = ''; ;) {
      const rows = await listRowsAfter(pool, desk, after, ROWS_A_PAGE);
      const events = await listLogsOf(
        pool,
        desk,
        rows.map(({ id }) => id),
      );
      const logs = Map.groupBy(
        events.filter(({ seq }) => seq <= end),
        ({ assignment }) => assignment,
      );
      for (const { id } of rows) {
        const log = logs.get(id);
        if (log === undefined) continue;
        const happened = log.map(
          (event) => ({ ...event, at: event.at.toISOString() }) as unknown as Happening,
        );
        yield { desk, id, state: plain(fold(id, directive.id, happened)) as Record<string, unknown> };
      }
      after = rows.at(-1)?.id ?? after;
      if (rows.length < ROWS_A_PAGE) break;
    }
}

async function* contentsOf(
  { pool, directive }: RecordAsked,
  formOf: FormOfItem,
  hidden: Set<string>,
): AsyncGenerator<ArchivedContent> {
  for (let before = LAST; ;) {
    const rows = await listHandUps(pool, directive.id, before, FEW_A_PAGE);
    for (const { n } of rows) {
      const row = await findHandUp(pool, directive.id, n);
      if (row === null) continue;
      const items = maskedHandUp(formOf, row.items);
      const masked = !isDeepStrictEqual(items, row.items);
      const of = {
        kind: 'hand-up' as const,
        assignment: '',
        version: n,
        by: row.by,
        at: row.at.toISOString(),
      };
      yield { ...of, masked, content: { items, number: row.number, note: row.note } };
    }
    before = rows.at(-1)?.n ?? before;
    if (rows.length < FEW_A_PAGE) break;
  }
  for (let after: ContentPlace | null = null; ;) {
    const rows = await listContentsAfter(pool, directive.id, after, CONTENTS_A_PAGE);
    for (const row of rows) {
      const { kind, assignment, version, by } = row;
      const { salt: _, ...content } = seenSubmission(
        formOf(assignment.split('.')[1] ?? ''),
        row,
        false,
      ).content;
      const masked = !isDeepStrictEqual(content, row.content);
      if (masked) for (const id of namedIn(row.content)) if (!namedIn(content).has(id)) hidden.add(id);
      yield { kind, assignment, version, by, at: row.at.toISOString(), masked, content };
    }
    after = rows.at(-1) ?? after;
    if (rows.length < CONTENTS_A_PAGE) return;
  }
}

const FILE_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const namedIn = (content: unknown): Set<string> => new Set(JSON.stringify(content).match(FILE_ID) ?? []);
