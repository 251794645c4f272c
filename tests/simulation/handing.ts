// Work handed on in a simulated run: parts given to further units, with the desks they make, and places named in commands.
import type { AssignmentStanding } from '../../domain/access/relation.ts';
import type { Ordering } from '../../domain/assignment/carry.ts';
import { levelOf } from '../../domain/code.ts';
import type { Command } from '../../domain/assignment/command.ts';
import { cutBelow, sizeOf, type PlacedAssignment } from '../../domain/directive/cut.ts';
import type { NamedPlace, DecisionParts } from '../../domain/assignment/decision.ts';
import { openBelow } from '../../domain/directive/dispatch.ts';
import { giverOf } from '../../domain/directive/giver.ts';
import type { Millis } from '../../domain/instant.ts';
import { codeOf, unitPlace, type Place } from '../../domain/organisation/organisation.ts';
import { planBelow } from '../../domain/directive/plan.ts';
import type { Planned } from '../../domain/directive/planned.ts';
import type { Desk, Row } from './row.ts';
import { OFFICE, type World } from './world.ts';

/** What handing on needs of a run. */
type Run = {
  world: World;
  now: Millis;
  desks: ReadonlyMap<string, Desk>;
  rows: ReadonlyMap<string, Row>;
  standingOf: (row: Row) => AssignmentStanding;
  orderings: (row: Row) => readonly Ordering[];
  reopen: (desk: Desk, count: number) => void;
  openDesk: (desk: Pick<Desk, 'id' | 'parent' | 'node' | 'unsettled'>) => void;
  issue: (desk: string, plan: PlacedAssignment, actor: string) => void;
};

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

export function namedIn(run: Run, row: Row, command: Command): NamedPlace | null {
  const place = placeIn(command, row);
  if (place === undefined) return null;
  const { holder, above } = run.standingOf(row);
  return {
    place,
    known: place !== null && run.world.directory.units.has(codeOf(place)),
    isHolder: place === holder,
    isAbove: place !== null && (above.includes(place) || place === unitPlace(OFFICE)),
    isBelow: below(row).some(({ state }) => state.holder === place && state.phase !== 'cancelled'),
  };
}

type Plan = DecisionParts & { planned: Planned[] };

function planFor(run: Run, row: Row, command: Command, person: string): Plan | null {
  if (command.verb !== 'decompose') return null;
  const { directory, policy, calendar } = run.world;
  const taken = row.children.map(({ state }) => state.unit ?? '');
  const { branches, faults } = openBelow(command.receivers, directory, {
    id: row.state.id,
    above: row.state.id.split('.').slice(3),
    holders: [...run.standingOf(row).above, row.state.holder],
    pool: directory.children.get(codeOf(row.state.holder)) ?? [],
    giver: giverOf(directory, row.state.holder, taken),
    taken: new Set(taken),
    leaves: 0,
  });
  const units = branches.map(({ code }) => code);
  if (faults.length > 0) return { units, assignments: 0, faults, planned: [] };
  const at = run.now;
  const from = { ...row.state, rank: row.state.id, parts: taken.length };
  const timed = planBelow({ calendar, policy, receivedAt: at, issuedAt: at }, from, branches);
  const above = [...run.orderings(row), row.state];
  const carried = Object.fromEntries(above.map(({ id, orders }) => [id, orders.length]));
  const planned = timed.planned.map((branch) => marked(branch, { at, by: person, carried }));
  return { units, assignments: sizeOf(planned), faults: timed.faults, planned };
}

const marked = (branch: Planned, later: NonNullable<Planned['later']>): Planned => ({
  ...branch,
  later,
  children: branch.children.map((child) => marked(child, later)),
});

export const partsOf = planFor as (...args: Parameters<typeof planFor>) => DecisionParts | null;

const inDesk = (run: Run, desk: Desk): number =>
  [...run.rows.values()].filter((row) => row.desk === desk).length +
  [...run.desks.values()].filter(({ parent }) => parent === desk.id).length;

/** As the door does: into the desk where the other children are while there is room, else into one of their own. */
export function handOut(run: Run, row: Row, command: Command, person: string): void {
  const taken = new Set(row.children);
  const plan = planFor(run, row, command, person);
  const home = run.desks.get(row.ownDesk ?? row.desk.id) as Desk;
  const isFirst = taken.size === 0;
  const { limit } = run.world;
  const room = isFirst && levelOf(row.state.id) === 1 ? 0 : limit - inDesk(run, home);
  const planned = plan?.planned ?? [];
  if (sizeOf(planned) <= room) {
    run.reopen(home, sizeOf(planned));
    const place = ({ children, ...each }: Planned): void => {
      run.issue(home.id, { ...each, ownDesk: null }, person);
      children.forEach(place);
    };
    planned.forEach(place);
    return;
  }
  const sections = [...run.desks.values()].filter(
    ({ node, id }) => node === row.state.id && id !== row.state.id,
  ).length;
  const id = isFirst ? row.state.id : `${row.state.id}~${sections + 1}`;
  run.reopen(home, 1);
  const desks = cutBelow({ id, kind: 'unit', node: row.state.id, parent: home.id }, planned, limit);
  for (const desk of desks) run.openDesk(desk);
  for (const desk of desks) for (const each of desk.rows) run.issue(desk.id, each, person);
  if (isFirst) row.ownDesk = id;
}
