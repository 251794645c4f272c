// People who may issue directives, and administrators, may write forms, elements and templates.
import type { Request } from 'express';
import type { Keeper } from '../../command/form/library.ts';
import { officesOf } from '../../domain/organisation/organisation.ts';
import { grantsOfPerson } from '../../domain/access/grant.ts';
import { demandRight, type NamedCall } from '../access/right.ts';
import { viewerOf } from '../access/viewer.ts';
import type { RouteDeps } from '../deps.ts';

/** 403 for all other people. */
export async function demandKeeper(deps: RouteDeps, req: Request, call: NamedCall): Promise<Keeper> {
  const { directory, person, now } = await viewerOf(deps, req);
  const held = grantsOfPerson(directory, person, now);
  demandRight(call, held);
  return {
    person,
    offices: officesOf(directory, person, now),
    isAdministrator: held.administrator === true,
  };
}
