// A directive as it is answered: its terms with the counts and coverage of today.
import type { DirectiveAnswer } from '../../contract/directive-answer.ts';
import type { Db } from '../../db/pool.ts';
import { findDirective, findRequest, type DirectiveRow } from '../../db/queries/directive.ts';
import { findMissing, tallyBelow } from '../../db/queries/tally.ts';
import { postedOf } from '../../domain/directive/directive.ts';
import type { RouteDeps } from '../deps.ts';
import { directiveView } from './directive-view.ts';
import { refused } from '../errors.ts';

const MAX_MISSING = 500;

/** The directive as it stands in `db`, which may be a transaction's; 404 if there is none. */
export async function answerOf(deps: RouteDeps, db: Db, id: string): Promise<DirectiveAnswer> {
  const directive = await findDirective(db, id);
  if (!directive) throw refused('NOT_FOUND');
  return answerWhole(deps, directive);
}

export async function answerWhole(deps: RouteDeps, directive: DirectiveRow): Promise<DirectiveAnswer> {
  const node = { directive: directive.id, id: directive.id };
  const [tallies, missing] = await Promise.all([
    tallyBelow(deps.pool, [node], deps.now()),
    findMissing(deps.pool, node, MAX_MISSING),
  ]);
  const view = directiveView(directive, tallies.get(directive.id), missing);
  if (directive.phase !== 'draft') return view;
  // A draft is changed and put back as a whole: its addressees are said nowhere else yet.
  const kept = await findRequest(deps.pool, directive.id);
  return { ...view, request: kept && postedOf(kept) };
}
