// The right to a call: the one way routes ask for it. What a person may is a row of the table of access, never an `if` in a route.
import type { Request, RequestHandler } from 'express';
import { ruleOfCall } from '../../contract/access.ts';
import type { ApiCall } from '../../contract/call.ts';
import {
  decideAccess,
  refusalAtAll,
  type AccessObject,
  type AccessRule,
} from '../../domain/access/access-rule.ts';
import { FACET_TABLE } from '../../domain/access/call-table.ts';
import { grantsOfOwner, grantsOfPerson, type Grant, type HeldGrants } from '../../domain/access/grant.ts';
import { refuse } from '../../domain/failure.ts';
import { Refused } from '../errors.ts';
import { viewerOf, type ViewerDeps } from './viewer.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** What the person who asks is, without any object; set by `knowGrants`. */
    grants?: () => Promise<HeldGrants>;
  }
}

/** 403 or 404 where the rule gives these grants no right. The reason is said with 403; 404 says nothing. */
export function demandRule(rule: AccessRule, held: HeldGrants): Grant {
  const verdict = decideAccess(rule, held);
  if (verdict.allowed) return verdict.as;
  throw verdict.code === 'FORBIDDEN'
    ? new Refused(refuse(verdict.code), { detail: verdict.why })
    : new Refused(refuse(verdict.code));
}

export type NamedCall = Pick<ApiCall, 'method' | 'path'>;
export type Facet = keyof typeof FACET_TABLE;

/** 403 or 404 where the call's row gives these grants no right; else the grant that gave it. */
export const demandRight = (call: NamedCall, held: HeldGrants): Grant => demandRule(ruleOfCall(call), held);

/** The same for what a call asks besides. */
export const demandFacet = (facet: Facet, held: HeldGrants): Grant =>
  demandRule(FACET_TABLE[facet].rule, held);

/** May these grants make the call? For what is left out of an answer and not refused. */
export const mayCall = (call: NamedCall, held: HeldGrants): boolean =>
  decideAccess(ruleOfCall(call), held).allowed;

/** The grants of the person who asks, where the call is about nothing. */
export async function grantsOf(deps: ViewerDeps, req: Request): Promise<HeldGrants> {
  const { directory, person, now } = await viewerOf(deps, req);
  return grantsOfPerson(directory, person, now);
}

/** And to something that belongs to `owner`. */
export async function grantsTo(deps: ViewerDeps, req: Request, owner: string): Promise<HeldGrants> {
  const { directory, person, now } = await viewerOf(deps, req);
  return grantsOfOwner(directory, person, owner, now);
}

/** After `authenticate`: lets `serve` ask before anything of a request is read. */
export const knowGrants =
  (deps: ViewerDeps): RequestHandler =>
  (req, _res, next) => {
    req.grants = () => grantsOf(deps, req);
    next();
  };

/** Refuses what is certain before any object is looked for. */
export function demandAtAll(call: NamedCall, alone: HeldGrants): void {
  const rule = ruleOfCall(call);
  if (refusalAtAll(rule, alone) !== null) demandRule(rule, alone);
}

/** For the rest routes ask, with the object. */
const DECIDED_BY_PERSON: ReadonlySet<AccessObject> = new Set<AccessObject>(['installation', 'kept']);

/**
 * Asks of the person alone, where that decides; null where the object does: the route asks then, or the door under its
 * lock. `serve` asks in the order of api.md §2, after the envelope; of a large body before it is read.
 */
export function rightOfPerson(call: ApiCall): ((req: Request) => Promise<void>) | null {
  const rule = ruleOfCall(call);
  const isForAll = rule.may.some((grant) => grant === 'anybody' || grant === 'signedIn');
  if (isForAll || rule.afterFound === true || !DECIDED_BY_PERSON.has(rule.of)) return null;
  return async (req) => {
    if (req.grants === undefined) throw new Error(`${call.path} stands before authenticate`);
    demandAtAll(call, await req.grants());
  };
}
