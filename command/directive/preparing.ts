// A directive on its way in: checked and planned for the person who posts it, who must serve its office.
import { randomBytes } from 'node:crypto';
import { forewarn } from './forewarning.ts';
import type { Pool } from 'pg';
import type { DirectorySource } from '../../db/directory.ts';
import { warningsOfAddressees } from '../../domain/directive/addressee.ts';
import type { PostedDirective, DirectiveRequest } from '../../domain/directive/directive.ts';
import type { PlanWarning } from '../../domain/directive/planned.ts';
import { isRefusal } from '../../domain/failure.ts';
import type { Millis } from '../../domain/instant.ts';
import { type Directory, officesOf } from '../../domain/organisation/organisation.ts';
import { refusing, RefusalThrown } from '../../domain/refusal-thrown.ts';
import { prepareDirective, type PreparedDirective } from './directive.ts';

/** A directive's own id is made where none is given: short, sortable by day, not guessable. */
export const newDirectiveId = (now: Millis): string =>
  `d${new Date(now).toISOString().slice(2, 10).replaceAll('-', '')}-${randomBytes(5).toString('hex')}`;

type PrepareDeps = { pool: Pool; directory: DirectorySource; now: () => Millis };

/** Only an office hands directives out; which office is known once the task forces are. */
export async function prepareFor(
  deps: PrepareDeps & Parameters<typeof prepareDirective>[1],
  person: string,
  request: PostedDirective | DirectiveRequest,
  id: string,
  isCopied = false,
): Promise<{ prepared: PreparedDirective; directory: Directory; issuedAt: Millis; warnings: PlanWarning[] }> {
  const issuedAt = deps.now();
  const directory = await deps.directory.current(deps.pool);
  const offices = officesOf(directory, person, issuedAt);
  if (offices.length === 0) throw refusing('FORBIDDEN');
  const prepared = await prepareDirective(deps.pool, deps, { id, person, request, issuedAt, isCopied });
  if (isRefusal(prepared)) throw new RefusalThrown(prepared);
  if (!offices.includes(prepared.office)) throw refusing('FORBIDDEN');
  const warnings = [
    ...prepared.plan.warnings,
    ...warningsOfAddressees(prepared.plan.roots, directory, issuedAt),
    ...(await forewarn(deps.pool, prepared, directory, issuedAt)),
  ];
  return { prepared, directory, issuedAt, warnings };
}
