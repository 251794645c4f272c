// The answer to a directive that was taken in, with the warnings of that moment.
import type { Request } from 'express';
import type { DirectiveAnswer, DirectiveTakenIn } from '../contract/directive-answer.ts';
import type { PlanWarning } from '../domain/directive/planned.ts';
import { languageOf } from './errors.ts';
import { warningView } from './views/warning-view.ts';

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
