// A rule of access and the one decision made by it: the grants a person holds, the call, allowed or not, with the reason.
import type { AccessWords, Grant, HeldGrants } from './grant.ts';

/**
 * What a call is about; the grants to it are found by this.
 *
 * | of | grants beside those of the person |
 * | --- | --- |
 * | installation | none |
 * | person | self |
 * | kept | office: the one that keeps it, or that would issue it |
 * | directive | office, part, superior |
 * | draft | office |
 * | assignment | holder, leader, lead, issuer, above, target, office, sees, seesResult |
 */
export type AccessObject = 'installation' | 'person' | 'kept' | 'directive' | 'draft' | 'assignment';

export type AccessRule = {
  of: AccessObject;
  /** Any one is enough. */
  may: readonly Grant[];
  /** With any of these one knows that the thing is there, and is told 403; all others 404. Left out: it is no secret. */
  knows?: readonly Grant[];
  /** What the path names is looked for first, since 404 comes before 403 (api.md §2): the route asks, not `serve`. */
  afterFound?: true;
  why: AccessWords;
};

export type AccessRefusal = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND';
export type AccessVerdict =
  { allowed: true; as: Grant } | { allowed: false; code: AccessRefusal; why: AccessWords };

const SIGN_IN: AccessWords = { zh: '须先登录', en: 'Sign in first' };

/** `held` null: no person, or one whose token or session has ended. */
export function decideAccess(rule: AccessRule, held: HeldGrants | null): AccessVerdict {
  if (held === null)
    return rule.may.includes('anybody')
      ? { allowed: true, as: 'anybody' }
      : { allowed: false, code: 'UNAUTHENTICATED', why: SIGN_IN };
  const as = rule.may.find((grant) => held[grant] === true);
  if (as !== undefined) return { allowed: true, as };
  const isKnown = rule.knows?.some((grant) => held[grant] === true) ?? true;
  return { allowed: false, code: isKnown ? 'FORBIDDEN' : 'NOT_FOUND', why: rule.why };
}

/** What a person must be, at the least, for a grant to an object to be possible at all. */
const NEEDS: Partial<Record<Grant, Grant>> = {
  office: 'officer',
  part: 'posted',
  superior: 'posted',
  holder: 'posted',
  leader: 'posted',
  lead: 'posted',
  issuer: 'posted',
  above: 'posted',
  target: 'posted',
  sees: 'posted',
  seesResult: 'posted',
  self: 'signedIn',
};

const isPossible = (alone: HeldGrants, grants: readonly Grant[]): boolean =>
  grants.some((grant) => alone[NEEDS[grant] ?? grant] === true);

/** May this person make the call on any object at all? Asked of the person alone, before anything of the request is read. */
export const mayAtAll = (rule: AccessRule, alone: HeldGrants): boolean => isPossible(alone, rule.may);

/**
 * The refusal that is certain before the object is looked for; null where the object decides. Where the person may know
 * some objects of the kind and not others, only the object tells 403 from 404.
 */
export function refusalAtAll(rule: AccessRule, alone: HeldGrants): AccessVerdict | null {
  if (mayAtAll(rule, alone)) return null;
  if (rule.knows !== undefined && isPossible(alone, rule.knows)) return null;
  return decideAccess(rule, alone);
}
