// The record in an archive: chains to their signed ends, contents by the digests in them, rows as their logs make them.
import type { z } from 'zod';
import {
  ArchivedContent,
  ArchivedEvent,
  ArchivedRow,
  type ArchiveManifest,
} from '../../domain/audit/archive.ts';
import { CheckpointHead, CheckpointLine } from '../../domain/audit/checkpoint.ts';
import { fold } from '../../domain/assignment/evolve.ts';
import type { Happening } from '../../domain/assignment/happening.ts';
import { EndsDigest, isSigned } from '../audit/checkpoint.ts';
import { contentDigest, keptBy } from '../audit/digested.ts';
import { canonical, ChainWalk } from '../chain.ts';
import { ARCHIVE_NAMES } from './archive-parts.ts';
import type { ArchiveFile, VerifiedArchive } from './archive-file.ts';

/** Beyond these a list of faults says nothing new. */
const MAX_FAULTS = 100;

type Ends = { chain: string; seq: number; hash: string }[];
type Vouched = { digest: string; of: string };
type Walk = {
  walked: Omit<VerifiedArchive, 'manifest'>;
  vouched: Map<string, Vouched>;
  say: (fault: string) => void;
};

export async function verifyArchivedRecord(
  archive: ArchiveFile,
  manifest: ArchiveManifest,
): Promise<Omit<VerifiedArchive, 'manifest'>> {
  const walked = { events: 0, masked: 0, assignments: 0, contents: 0, faults: [] as string[] };
  const say = (fault: string): void => {
    if (walked.faults.length < MAX_FAULTS) walked.faults.push(fault);
  };
  const walk: Walk = { walked, vouched: new Map(), say };
  const ends = await endsOf(archive, manifest, say);
  const events = new Peeking(recordsOf(archive, ARCHIVE_NAMES.events, ArchivedEvent));
  const rows = new Peeking(recordsOf(archive, ARCHIVE_NAMES.rows, ArchivedRow));
  for (const end of ends) await verifyDesk(walk, manifest.directive, end, events, rows);
  const [event, row] = [await events.peek(), await rows.peek()];
  if (event !== null) say(`${event.desk} has events and is no desk of the checkpoint`);
  if (row !== null) say(`${row.id} belongs to no desk of the checkpoint`);
  await verifyContents(walk, archive);
  return walked;
}

async function endsOf(archive: ArchiveFile, manifest: ArchiveManifest, say: Walk['say']): Promise<Ends> {
  const ends: Ends = [];
  const digest = new EndsDigest();
  let head: CheckpointHead | null = null;
  for await (const line of linesIn(archive.read(ARCHIVE_NAMES.ends))) {
    const said: unknown = JSON.parse(line);
    if (head === null) {
      head = CheckpointHead.parse(said);
      continue;
    }
    const end = CheckpointLine.parse(said);
    digest.take(end);
    ends.push(end);
  }
  const counted = digest.done();
  if (head === null || head.key !== manifest.key || !isSigned(head, canonical(head.statement)))
    say('the checkpoint is not signed with the key of the manifest');
  else if (head.statement.digest !== counted.digest) say('the checkpoint is not of these chains');
  return ends;
}

async function verifyDesk(
  { walked, vouched, say }: Walk,
  directive: string,
  { chain: desk, seq, hash }: Ends[number],
  events: Peeking<ArchivedEvent>,
  rows: Peeking<ArchivedRow>,
): Promise<void> {
  const chain = new ChainWalk();
  const logs = new Map<string, ArchivedEvent[]>();
  for (let event = await events.peek(); event?.desk === desk; event = await events.peek()) {
    await events.take();
    walked.events += 1;
    if (event.sealed) {
      walked.masked += 1;
      chain.takeSealed(event);
    } else chain.take({ ...event, directive });
    const kept = keptBy(event);
    if (kept !== null && kept.digest !== null)
      vouched.set(keyOf(kept), { digest: kept.digest, of: `event ${event.seq} of ${desk}` });
    if (event.assignment === null) continue;
    const log = logs.get(event.assignment);
    if (log === undefined) logs.set(event.assignment, [event]);
    else log.push(event);
  }
  const at = chain.brokenAt(hash) ?? (chain.place().seq === seq ? null : chain.place().seq + 1);
  if (at !== null) say(`the chain of ${desk} breaks at ${at}`);
  for (let row = await rows.peek(); row?.desk === desk; row = await rows.peek()) {
    await rows.take();
    walked.assignments += 1;
    const log = logs.get(row.id) ?? [];
    logs.delete(row.id);
    const folded = fold(row.id, directive, log as unknown as Happening[]);
    if (canonical(folded) !== canonical(row.state)) say(`${row.id} is not the fold of its log`);
  }
  for (const id of logs.keys()) say(`${id} has a log and no row`);
}

const keyOf = ({
  kind,
  assignment,
  version,
}: {
  kind: string;
  assignment: string;
  version: number;
}): string => `${kind} ${version} ${assignment}`;

async function verifyContents({ walked, vouched, say }: Walk, archive: ArchiveFile): Promise<void> {
  for await (const content of recordsOf(archive, ARCHIVE_NAMES.contents, ArchivedContent)) {
    walked.contents += 1;
    const key = keyOf(content);
    const kept = vouched.get(key);
    vouched.delete(key);
    if (content.masked) walked.masked += 1;
    else if (kept !== undefined && contentDigest(content.kind, content.content) !== kept.digest)
      say(`${key} is not what ${kept.of} tells of`);
  }
  for (const [key, { of }] of vouched) say(`${key} is missing, and ${of} tells of it`);
}

async function* recordsOf<S extends z.ZodType>(
  archive: ArchiveFile,
  name: string,
  schema: S,
): AsyncGenerator<z.output<S>> {
  for await (const line of linesIn(archive.read(name))) yield schema.parse(JSON.parse(line));
}

async function* linesIn(content: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const part of content) {
    let from = 0;
    for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, from)) {
      yield Buffer.concat([...rest, part.subarray(from, at)]).toString();
      rest = [];
      from = at + 1;
    }
    rest.push(part.subarray(from));
  }
}

/** A list of which the next one is looked at before it is taken: of each desk some records, desk after desk. */
class Peeking<T> {
  private readonly source: AsyncIterator<T>;
  private next: Promise<IteratorResult<T>> | null = null;

  constructor(source: AsyncIterable<T>) {
    this.source = source[Symbol.asyncIterator]();
  }

  async peek(): Promise<T | null> {
    this.next ??= this.source.next();
    const next = await this.next;
    return next.done === true ? null : next.value;
  }

  async take(): Promise<void> {
    await this.next;
    this.next = null;
  }
}
