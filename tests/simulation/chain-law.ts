// Law 8 of design.md §4: the log of a simulated desk as a hash chain, whole, and broken wherever a row is changed.
import { brokenAt, linkHash, type Link } from '../../reading/chain.ts';
import { toIso } from '../../domain/instant.ts';
import type { Desk } from './row.ts';
import type { Simulation } from './simulation.ts';

type Chained = Link & { hash: string };

function chained(directive: string, desk: Desk): Chained[] {
  let head = '';
  return desk.log.map(({ assignment, received, event }, n) => {
    const link: Link = {
      directive,
      desk: desk.id,
      seq: n + 1,
      assignment,
      type: event.type,
      actor: event.actor,
      token: null,
      received: toIso(received),
      at: event.at,
      data: event.data,
    };
    head = linkHash(head, link);
    return { ...link, hash: head };
  });
}

export function chainsHold(simulation: Simulation): string[] {
  return [...simulation.desks.values()].flatMap((desk) => {
    const log = chained(simulation.world.directive, desk);
    const head = log.at(-1)?.hash ?? '';
    // As it is read back from the database.
    const read = JSON.parse(JSON.stringify(log)) as Chained[];
    const problems = brokenAt(read, head) === null ? [] : [`${desk.id}: its chain breaks`];
    const middle = Math.floor(log.length / 2);
    const row = log[middle];
    // A desk of sections has no log of its own.
    if (row === undefined) return problems;
    const changed = log.with(middle, { ...row, actor: 'somebody else' });
    if (brokenAt(changed, head) !== middle + 1) problems.push(`${desk.id}: a changed row does not show`);
    if (brokenAt(log.slice(0, -1), head) === null) problems.push(`${desk.id}: a cut log does not show`);
    return problems;
  });
}
