// The file of a checkpoint, written line by line and read again; and the record compared with it.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  listEndsAt,
  listWhetherKept,
  type ChainEnd,
  type CheckpointRow,
} from '../../db/queries/checkpoint.ts';
import { findInstallationId } from '../../db/queries/installation.ts';
import type { Db } from '../../db/pool.ts';
import { CheckpointHead, CheckpointLine } from '../../domain/audit/checkpoint.ts';
import { canonical } from '../chain.ts';
import { EndsDigest, isSigned } from './checkpoint.ts';

const ENDS_A_PAGE = 2_000;
/** Beyond these a list of faults says nothing new. */
const MAX_FAULTS = 100;

/** First the signed statement, then the chains, some thousand lines at a time. */
export async function* checkpointLines(
  db: Db,
  { key, signature, by: _, ...row }: CheckpointRow,
): AsyncGenerator<string> {
  const format = 'zhuanban-checkpoint/1' as const;
  const installation = await findInstallationId(db);
  const statement = { format, installation, ...row, at: row.at.toISOString() };
  yield `${canonical({ statement, key, signature })}\n`;
  for (let after: string | null = null; ;) {
    const page: ChainEnd[] = await listEndsAt(db, row.n, after, ENDS_A_PAGE);
    if (page.length > 0) yield page.map((end) => `${canonical(end)}\n`).join('');
    after = page.at(-1)?.chain ?? after;
    if (page.length < ENDS_A_PAGE) return;
  }
}

export type ComparedCheckpoint = { head: CheckpointHead | null; chains: number; faults: string[] };

/** The file by itself (its signature, its digest), and the record against it: every chain must still have that event. */
export async function compareCheckpoint(db: Db, file: string): Promise<ComparedCheckpoint> {
  const faults: string[] = [];
  const say = (fault: string): void => {
    if (faults.length < MAX_FAULTS) faults.push(fault);
  };
  const digest = new EndsDigest();
  let head: CheckpointHead | null = null;
  let page: ChainEnd[] = [];
  const compare = async (): Promise<void> => {
    const kept = await listWhetherKept(db, page);
    for (const [n, { chain, seq }] of page.entries())
      if (kept[n] !== true)
        say(`${chain === '' ? 'the installation’s log' : chain} no longer has event ${seq} as signed`);
    page = [];
  };
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    const said = parsedLine(line);
    if (head === null) {
      const read = CheckpointHead.safeParse(said);
      if (!read.success) return { head, chains: 0, faults: [`${file} is no checkpoint`] };
      head = read.data;
      continue;
    }
    const read = CheckpointLine.safeParse(said);
    if (!read.success)
      return { head, chains: 0, faults: [`${file} has a line that is none of a checkpoint`] };
    digest.take(read.data);
    page.push(read.data);
    if (page.length >= ENDS_A_PAGE) await compare();
  }
  await compare();
  if (head === null) return { head, chains: 0, faults: [`${file} is empty`] };
  const counted = digest.done();
  const { statement } = head;
  if (!isSigned(head, canonical(statement))) say(`the signature of ${file} does not fit what it says`);
  if (
    counted.digest !== statement.digest ||
    counted.chains !== statement.chains ||
    counted.events !== statement.events
  )
    say(`the chains in ${file} are not those that were signed`);
  if (statement.installation !== (await findInstallationId(db))) say(`${file} is of another installation`);
  return { head, chains: counted.chains, faults };
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
