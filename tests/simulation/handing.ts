// Work handed on in a simulated run: parts given to further units, with the desks they make, and places named in commands.
import { levelOf } from '../../domain/code.ts';
import type { Command } from '../../domain/command.ts';
import { cutBelow, sizeOf } from '../../domain/cut.ts';
import type { NamedPlace, Parts } from '../../domain/decision.ts';
import { openBelow } from '../../domain/dispatch.ts';
import { codeOf, unitPlace, type Place } from '../../domain/organisation.ts';
import { planBelow, type Planned } from '../../domain/plan.ts';
import type { Desk, Row } from './row.ts';
import type { Simulation } from './simulation.ts';
import { OFFICE } from './world.ts';

const below = (row: Row): Row[] => row.children.flatMap((child) => [child, ...below(child)]);

function placeIn(command: Command, { state }: Row): Place | null | undefined {
  switch (command.verb) {
    case 'transfer':
      return command.unit === undefined ? null : unitPlace(command.unit);
    case 'decide-decline':
      return command.unit === undefined ? undefined : unitPlace(command.unit);
    case 'share':
      return typeof command.to === 'string' ? unitPlace(command.to) : null;
    case 'accept-transfer':
      return state.transfer?.to;
    default:
      return undefined;
  }
}

export function namedIn(simulation: Simulation, row: Row, command: Command): NamedPlace | null {
  const place = placeIn(command, row);
  if (place === undefined) return null;
  const { holder, above } = simulation.standingOf(row);
  return {
    place,
    known: place !== null && simulation.world.directory.units.has(codeOf(place)),
    isHolder: place === holder,
    isAbove: place !== null && (above.includes(place) || place === unitPlace(OFFICE)),
    isBelow: below(row).some(({ state }) => state.holder === place && state.phase !== 'cancelled'),
  };
}

type Plan = Parts & { planned: Planned[] };

function planFor(simulation: Simulation, row: Row, command: Command, person: string): Plan | null {
  if (command.verb !== 'decompose') return null;
  const { directory, policy, calendar } = simulation.world;
  const { branches, faults } = openBelow(command.receivers, directory, {
    id: row.state.id,
    above: row.state.id.split('.').slice(3),
    holders: [...simulation.standingOf(row).above, row.state.holder],
    pool: directory.children.get(codeOf(row.state.holder)) ?? [],
    taken: new Set(row.children.map(({ state }) => state.unit ?? '')),
    leaves: 0,
  });
  const units = branches.map(({ code }) => code);
  if (faults.length > 0) return { units, assignments: 0, faults, planned: [] };
  const at = simulation.now;
  const timed = planBelow({ calendar, policy, receivedAt: at, issuedAt: at }, row.state, branches);
  const above = [...simulation.orderings(row), row.state];
  const carried = Object.fromEntries(above.map(({ id, orders }) => [id, orders.length]));
  const planned = timed.planned.map((branch) => marked(branch, { at, by: person, carried }));
  return { units, assignments: sizeOf(planned), faults: timed.faults, planned };
}

const marked = (branch: Planned, later: NonNullable<Planned['later']>): Planned => ({
  ...branch,
  later,
  children: branch.children.map((child) => marked(child, later)),
});

export const partsOf = planFor as (...args: Parameters<typeof planFor>) => Parts | null;

const inDesk = (simulation: Simulation, desk: Desk): number =>
  [...simulation.rows.values()].filter((row) => row.desk === desk).length +
  [...simulation.desks.values()].filter(({ parent }) => parent === desk.id).length;

/** As the door does: into the desk where the other children are while there is room, else into one of their own. */
export function handOut(simulation: Simulation, row: Row, command: Command, person: string): void {
  const taken = new Set(row.children);
  const plan = planFor(simulation, row, command, person);
  const home = simulation.desks.get(row.ownDesk ?? row.desk.id) as Desk;
  const isFirst = taken.size === 0;
  const { limit } = simulation.world;
  const room = isFirst && levelOf(row.state.id) === 1 ? 0 : limit - inDesk(simulation, home);
  const planned = plan?.planned ?? [];
  if (sizeOf(planned) <= room) {
    simulation.reopen(home, sizeOf(planned));
    const place = ({ children, ...each }: Planned): void => {
      simulation.issue(home.id, { ...each, ownDesk: null }, person);
      children.forEach(place);
    };
    planned.forEach(place);
    return;
  }
  const sections = [...simulation.desks.values()].filter(
    ({ node, id }) => node === row.state.id && id !== row.state.id,
  ).length;
  const id = isFirst ? row.state.id : `${row.state.id}~${sections + 1}`;
  simulation.reopen(home, 1);
  const desks = cutBelow({ id, kind: 'unit', node: row.state.id, parent: home.id }, planned, limit);
  for (const desk of desks) simulation.openDesk(desk);
  for (const desk of desks) for (const each of desk.rows) simulation.issue(desk.id, each, person);
  if (isFirst) row.ownDesk = id;
}
