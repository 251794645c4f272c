// Hands in the reports of a workbook: a unit's own report, or of a desk one for each row without a problem; one verdict each, in order.
import { hash } from 'node:crypto';
import { commandId, requestHash } from '../../command/identity.ts';
import { findVerdicts } from '../../db/queries/verdict.ts';
import type { Actor } from '../../domain/access/relation.ts';
import { FAILURES, type Language } from '../../domain/failure.ts';
import type { Millis } from '../../domain/instant.ts';
import type { RouteDeps } from '../deps.ts';
import type { ProblemAnswer } from '../../contract/problem.ts';
import { problemOf, Refused, refusalOf } from '../errors.ts';
import type { HandingIn } from '../../command/intake/handed-in.ts';
import { readCommand } from '../posted-command.ts';
import type { JudgedDesk, JudgedUnit } from './desk-workbook.ts';
import type { Problem, CellTakenAs } from './report-workbook.ts';

/** 200: it is in, now or before (`alreadyIn`); else why not, by the door (`problem`) or by its cells (`problems`). */
export type UnitVerdict = Pick<JudgedUnit, 'assignment' | 'unit' | 'unitName' | 'row'> & {
  status: number;
  alreadyIn?: true;
  problem?: ProblemAnswer;
  problems?: Problem[];
  /** Findings of rules that only warn: they stopped nothing. */
  warnings?: Problem[];
  /** Cells that were taken for something they do not say letter by letter. */
  readings?: CellTakenAs[];
};

type Request = {
  actor: Actor;
  receivedMs: Millis;
  key: string | null;
  method: string;
  path: string;
  bytes: Buffer;
  requestId: string;
  /** For the request's line in the log: those that were handed in. */
  commandIds: string[];
  language: Language;
  /** The issuer brings the reports of other units. */
  onBehalf: boolean;
};

/** Has this key been answered? Its reports have made the workbook an old one: it is not read again. */
export async function isAnswered(deps: RouteDeps, actor: Actor, key: string | null): Promise<boolean> {
  if (key === null) return false;
  const [found] = await findVerdicts(deps.pool, [commandId(actor.person, key, 0)]);
  return found !== undefined && !found.isExpired;
}

const isSaid = (explanations: object): boolean => Object.keys(explanations).length > 0;

/** The same workbook under the same key gives the verdicts again: a unit's place in it makes its command's id. */
export async function handInWorkbook(
  deps: RouteDeps & { door: HandingIn },
  directive: string,
  { items }: JudgedDesk,
  request: Request,
): Promise<UnitVerdict[]> {
  const { actor, key, method, path, bytes, onBehalf } = request;
  // The hash is of the workbook alone: the form around it has another boundary in each request.
  const hashed = requestHash(method, path, hash('sha256', bytes, 'hex'));
  const ids = items.map((_, index) => (key === null ? null : commandId(actor.person, key, index)));
  const found = await findVerdicts(
    deps.pool,
    ids.filter((id) => id !== null),
  );
  const known = new Set(found.filter(({ isExpired }) => !isExpired).map(({ id }) => id));
  const isHandedIn = (item: JudgedUnit, index: number): boolean =>
    known.has(ids[index] ?? '') || (item.problems.length === 0 && !item.alreadyIn);
  const ready = await Promise.allSettled(
    items.map(async (item, index) => {
      if (!isHandedIn(item, index)) return null;
      const { assignment: id, values, rows, explanations, note } = item;
      const saying = {
        ...(note === undefined ? {} : { note }),
        ...(isSaid(explanations) ? { explanations } : {}),
      };
      return deps.door.prepare(
        { directive, id },
        {
          actor,
          command: readCommand('submit', { values, rows, ...saying, ...(onBehalf ? { onBehalf } : {}) }),
          identity: { key, index, request: hashed, requestId: request.requestId },
          ifMatch: null,
          receivedMs: request.receivedMs,
          bytes: JSON.stringify([values, rows, saying]).length,
        },
      );
    }),
  );
  return Promise.all(
    items.map(async (item, index): Promise<UnitVerdict> => {
      const { assignment, unit, unitName, row, problems } = item;
      const { warnings, readings } = item;
      const about = {
        ...{ assignment, unit, unitName, row },
        ...(warnings.length > 0 ? { warnings } : {}),
        ...(readings.length > 0 ? { readings } : {}),
      };
      try {
        const each = ready[index];
        if (each?.status === 'rejected') throw each.reason;
        const prepared = each?.value ?? null;
        if (prepared === null)
          return item.alreadyIn
            ? { ...about, status: 200, alreadyIn: true }
            : { ...about, status: 422, problems };
        request.commandIds.push(prepared.posted.id);
        const outcome = await deps.door.handIn(prepared);
        if (outcome.is === 'refused') throw new Refused(outcome.refusal);
        return { ...about, status: 200 };
      } catch (error) {
        const { refusal } = refusalOf(error);
        if (refusal.code === 'INTERNAL')
          deps.log.error({ err: error, requestId: request.requestId, index }, 'report of a workbook failed');
        const problem = problemOf(refusal, request.language, request.requestId);
        return { ...about, status: FAILURES[refusal.code].status, problem };
      }
    }),
  );
}
