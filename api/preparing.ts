// A directive on its way in: checked and planned for the person who posts it, who must serve its office.
import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import type { DirectiveAnswer, DirectiveTakenIn } from '../contract/directive-answer.ts';
import { prepareDirective, type PreparedDirective } from '../command/directive/directive.ts';
import { forewarn } from '../command/directive/forewarning.ts';
import { warningsOfAddressees } from '../domain/directive/addressee.ts';
import type { DirectiveRequest, PostedDirective } from '../domain/directive/directive.ts';
import { isRefusal } from '../domain/failure.ts';
import type { PlanWarning } from '../domain/directive/plan.ts';
import type { Millis } from '../domain/instant.ts';
import { officesOf, type Directory } from '../domain/organisation/organisation.ts';
import { actorOf } from './access/authenticate.ts';
import type { RouteDeps } from './deps.ts';
import { languageOf, Refused, refused } from './errors.ts';
import { warningView } from './views/warning-view.ts';

/** A directive's own id is made where none is given: short, sortable by day, not guessable. */
export const newDirectiveId = (now: Millis): string =>
  `d${new Date(now).toISOString().slice(2, 10).replaceAll('-', '')}-${randomBytes(5).toString('hex')}`;

/** The kept result of a request that took a directive in, to be shown again; before warnings were shown, its id alone. */
export type TakenIn = string | { id: string; warnings: PlanWarning[] };

/** The directive's answer with the warnings of when it was taken in, in the reader's language. */
export async function withWarnings(
  req: Request,
  kept: TakenIn,
  present: (id: string) => Promise<DirectiveAnswer>,
): Promise<DirectiveTakenIn> {
  const { id, warnings } = typeof kept === 'string' ? { id: kept, warnings: [] } : kept;
  const language = languageOf(req);
  return { ...(await present(id)), warnings: warnings.map((each) => warningView(each, language)) };
}

/** Only an office hands directives out; which office is known once the task forces are. */
export async function prepareFor(
  deps: RouteDeps,
  req: Request,
  request: PostedDirective | DirectiveRequest,
  id: string,
  isCopied = false,
): Promise<{ prepared: PreparedDirective; directory: Directory; issuedAt: Millis; warnings: PlanWarning[] }> {
  const { person } = actorOf(req);
  const issuedAt = deps.now();
  const directory = await deps.directory.current(deps.pool);
  const offices = officesOf(directory, person, issuedAt);
  if (offices.length === 0) throw refused('FORBIDDEN');
  const prepared = await prepareDirective(deps.pool, deps, { id, request, issuedAt, isCopied });
  if (isRefusal(prepared)) throw new Refused(prepared);
  if (!offices.includes(prepared.office)) throw refused('FORBIDDEN');
  const warnings = [
    ...prepared.plan.warnings,
    ...warningsOfAddressees(prepared.plan.roots, directory, issuedAt),
    ...(await forewarn(deps.pool, prepared, directory, issuedAt)),
  ];
  return { prepared, directory, issuedAt, warnings };
}
