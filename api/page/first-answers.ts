// What a screen shows first, read in this process by the same functions as the routes of the API.
import type { Request } from 'express';
import { refusalOf } from '../errors.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { assignmentPage } from '../views/assignment-page.ts';
import { workView } from '../views/work-view.ts';
import { directiveOfId } from '../../domain/code.ts';
import type { Language } from '../../domain/failure.ts';

/** By the address of the call below the API; the page's cache is filled with them. */
export type FirstAnswers = Record<string, unknown>;

const ASSIGNMENT = /^\/a\/([^/]+)$/;
const OWED_AT_FIRST = 100;

/** `isNothing`: there is none, or none for this person. */
export async function firstAnswers(
  deps: RouteDeps,
  req: Request,
  path: string,
  language: Language,
): Promise<{ answers: FirstAnswers; isNothing: boolean }> {
  if (path === '/owe')
    return { answers: { '/me/work': await workView(deps, actorOf(req), OWED_AT_FIRST) }, isNothing: false };
  const id = ASSIGNMENT.exec(path)?.[1];
  if (id === undefined) return { answers: {}, isNothing: false };
  const assignment = decodeURIComponent(id);
  const directive = directiveOfId(assignment);
  if (directive === null) return { answers: {}, isNothing: true };
  try {
    const page = await assignmentPage(deps, actorOf(req), { directive, id: assignment }, language);
    return { answers: { [`/assignments/${encodeURIComponent(assignment)}/page`]: page }, isNothing: false };
  } catch (error) {
    if (refusalOf(error).refusal.code !== 'NOT_FOUND') throw error;
    return { answers: {}, isNothing: true };
  }
}
