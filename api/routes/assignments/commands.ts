// Commands on assignments, one at a time or up to 500 at once: parsed here, decided at the door.
import { Router, type Request } from 'express';
import {
  COMMAND_CALLS,
  ListedCommand,
  UnreadCommands,
  VERB_CALLS,
  type AfterCommand,
  type VerdictAnswer,
} from '../../../contract/commands.ts';
import type { CommandWarningAnswer } from '../../../contract/warnings.ts';
import type { Posted } from '../../../command/judge.ts';
import { findDataOfCommand } from '../../../db/queries/event.ts';
import { findSubmission, sent, type SubmissionRow } from '../../../db/queries/submission.ts';
import { tallyBelow } from '../../../db/queries/tally.ts';
import type { Actor } from '../../../domain/access/relation.ts';
import { scopeOfVerb } from '../../../contract/call-scopes.ts';
import { VERBS, type Command } from '../../../domain/assignment/command.ts';
import { FAILURES, isPassing, wordsOf, type Language, type Refusal } from '../../../domain/failure.ts';
import { assignmentView } from '../../views/assignment-view.ts';
import { actorOf } from '../../access/authenticate.ts';
import { demandScope } from '../../access/scope.ts';
import { demandSafe } from '../../bodies/body.ts';
import type { RouteDeps } from '../../deps.ts';
import { diskFull, languageOf, problemOf, Refused, refusalOf, refused } from '../../errors.ts';
import type { About, HandedIn, Prepared } from '../../../command/intake/handed-in.ts';
import { ifMatchOf, readCommand, requestOf } from '../../posted-command.ts';
import { createDeliveredLookup } from '../../../reading/delivered-lookup.ts';
import { idempotencyKey } from '../../once.ts';
import { parseEnvelope } from '../../parse.ts';
import { warningView } from '../../views/warning-view.ts';
import { namedIn, viewAll } from '../../views/reading.ts';
import { directiveOfId } from '../../../domain/code.ts';
import { readSnapshot, seenRow, sees } from '../../../reading/seen-row.ts';
import { serve } from '../../serve.ts';

/** Beside the answer to a report. */
function warned({ command, findings }: Posted, language: Language): { warnings?: CommandWarningAnswer[] } {
  if (command.verb !== 'submit') return {};
  const warnings = (findings.warnings ?? []).map((fault) => ({
    path: fault.path,
    code: fault.code,
    message: wordsOf(fault, language),
    ...(fault.fields ? { fields: [...fault.fields] } : {}),
  }));
  return { warnings };
}

export function commandsRouter(deps: RouteDeps): Router {
  const router = Router();
  const { door } = deps;
  const findDelivered = createDeliveredLookup(deps.pool);

  /** The state after the command; read anew only where the door did not have all of it at hand. */
  async function answer(
    actor: Actor,
    posted: Posted,
    outcome: Exclude<HandedIn, { is: 'refused' }>,
  ): Promise<AfterCommand> {
    const { directive, assignment: id } = posted;
    if (outcome.is === 'forgotten') {
      const fresh = await readSnapshot(deps, deps.pool, [{ directive, id }]);
      if (!sees(fresh, id, actor, deps.now())) return { id };
      const [view] = await viewAll(deps, actor, fresh, [seenRow(fresh, id, actor, deps.now())]);
      return view ?? { id };
    }
    const { row, snapshot } = outcome;
    if (!sees(snapshot, id, actor, deps.now())) return { id };
    const { current, node, submittedAt, presented } = row.state;
    // A report that waits for a signature, or a node's own part, is not the report that is in.
    const isOwn =
      outcome.is === 'taken' &&
      posted.command.verb === 'submit' &&
      posted.content !== null &&
      !node &&
      !presented;
    const found = (version: number): Promise<SubmissionRow | null> =>
      version === 0 ? Promise.resolve(null) : findSubmission(deps.pool, sent(row.directive, row.id), version);
    const at = new Date(submittedAt ?? posted.receivedMs);
    const own = { assignment: id, version: current, by: actor.person, at, kind: 'report' } as const;
    const content = posted.content as SubmissionRow['content'];
    const submission = isOwn ? { ...own, content } : await found(current);
    const waiting = await found(presented?.version ?? 0);
    const now = deps.now();
    const counts = node ? ((await tallyBelow(deps.pool, [row], now)).get(row.id)?.counts ?? null) : null;
    const delivered = await findDelivered(row.id);
    const extra = { submission, presented: waiting, counts, delivered };
    return assignmentView({ snapshot, actor, now }, row, extra);
  }

  for (const verb of VERBS) {
    serve(router, VERB_CALLS[verb], async ({ req, body }) => {
      const receivedMs = deps.now();
      const actor = actorOf(req);
      // The verb's own schema has parsed the body: the compiler cannot follow that the two belong together.
      const command = { verb, ...(body as object) } as Command;
      const { requestId } = req;
      const identity = { key: idempotencyKey(req), index: 0, request: requestOf(req), requestId };
      const ifMatch = ifMatchOf(req);
      const { directive, id } = namedIn(req);
      const bytes = req.bodyText?.length ?? 0;
      const about = { actor, command, identity, ifMatch, receivedMs, bytes };
      const prepared = await door.prepare({ directive, id }, about);
      req.commandIds = [prepared.posted.id];
      const outcome = await door.handIn(prepared);
      if (outcome.is === 'refused') throw new Refused(outcome.refusal, retryAfter(outcome.refusal));
      const { posted } = prepared;
      const assignment = await answer(actor, posted, outcome);
      return { assignment, ...(await warningsOf(posted, languageOf(req))) };
    });
  }

  type List = Omit<About, 'command' | 'ifMatch' | 'bytes'>;

  /** Prepares one command of a list for the door; throws the refusals that come before the door. */
  async function prepare(req: Request, raw: unknown, list: List, index: number): Promise<Prepared> {
    demandSafe(raw);
    const { assignment: id, command: verb, ifMatch, ...body } = parseEnvelope(ListedCommand, raw);
    demandScope(req, scopeOfVerb(verb));
    const command = readCommand(verb, body);
    const directive = directiveOfId(id);
    if (directive === null) throw refused('NOT_FOUND');
    const about: About = {
      ...list,
      identity: { ...list.identity, index },
      command,
      ifMatch: ifMatch ?? null,
      bytes: JSON.stringify(raw).length,
    };
    return door.prepare({ directive, id }, about);
  }

  /** A command that is taken may be worth a second look: warnings of rules, a due time moved to an earlier one. */
  async function warningsOf(posted: Posted, language: Language): Promise<ReturnType<typeof warned>> {
    if (posted.command.verb !== 'reschedule') return warned(posted, language);
    const { dueAt, was } = (await findDataOfCommand(deps.pool, posted.id)) ?? {};
    if (typeof dueAt !== 'string' || typeof was !== 'string' || dueAt >= was) return { warnings: [] };
    const warning = { path: 'due', code: 'DUE_EARLIER' as const, params: { dueAt, was } };
    return { warnings: [warningView(warning, language)] };
  }

  async function verdictOf(each: PromiseSettledResult<Prepared>, language: Language): Promise<VerdictAnswer> {
    if (each.status === 'rejected') throw each.reason;
    const { posted } = each.value;
    const outcome = await door.handIn(each.value);
    if (outcome.is === 'refused') throw new Refused(outcome.refusal);
    const assignment = await answer(posted.actor, posted, outcome);
    return { status: 200, assignment, ...(await warningsOf(posted, language)) };
  }

  serve(router, COMMAND_CALLS.many, async ({ req }) => {
    const receivedMs = deps.now();
    const many = parseEnvelope(UnreadCommands, req.body);
    const { requestId } = req;
    const identity = { key: idempotencyKey(req), index: 0, request: requestOf(req), requestId };
    const list = { actor: actorOf(req), identity, receivedMs };
    const ready = await Promise.allSettled(many.map((raw, index) => prepare(req, raw, list, index)));
    req.commandIds = ready.flatMap((each) => (each.status === 'fulfilled' ? [each.value.posted.id] : []));
    // Handed in one after the other, in this turn: of two on one assignment the first is judged first.
    const verdicts = await Promise.all(
      ready.map((each, index) =>
        verdictOf(each, languageOf(req)).catch((error: unknown): VerdictAnswer => {
          const { refusal, detail } = refusalOf(error);
          if (refusal.code === 'DISK_FULL') deps.disk.note();
          if (refusal.code === 'INTERNAL')
            deps.log.error({ err: error, requestId: req.requestId, index }, 'command failed');
          const counts = (req.refusedOfList ??= {});
          counts[refusal.code] = (counts[refusal.code] ?? 0) + 1;
          const problem = problemOf(refusal, languageOf(req), req.requestId, detail);
          return { status: FAILURES[refusal.code].status, problem };
        }),
      ),
    );
    return verdicts;
  });

  return router;
}

const retryAfter = (refusal: Refusal): { headers?: Record<string, string> } => {
  if (refusal.code === 'DISK_FULL') return { headers: diskFull().headers };
  return isPassing(refusal) ? { headers: { 'retry-after': '2' } } : {};
};
