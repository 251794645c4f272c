// The receivers of an item: the dispatch of a directive opened into a tree of units, with every fault named by its place.
import type { DueRule } from '../calendar/calendar.ts';
import { MAX_DEPTH, MAX_ID_BYTES } from '../code.ts';
import { MAX_RECEIVERS, type DirectiveRequest, type Dispatch } from './directive.ts';
import type { GroupReceivers, Receiver, ReceiverList } from '../assignment/receivers.ts';
import type { Fault } from '../failure.ts';
import {
  nameOf,
  membersOf,
  unitPlace,
  type Directory,
  type Place,
  type Unit,
} from '../organisation/organisation.ts';
import { belowUnit, takesFrom, type Giver } from './giver.ts';

/** One planned assignment: a task force's or a unit's, not yet timed. `path` is its place in the request. */
export type DispatchBranch = {
  code: string;
  path: string;
  due: DueRule | undefined;
  children: DispatchBranch[];
};

/** A dispatched item: its task forces' branches. */
export type Opened = { key: string; path: string; due: DueRule | undefined; taskForces: DispatchBranch[] };

type Receivers = Receiver['receivers'];

/** Codes of the branches and of all below them. */
export function codesIn(branches: readonly DispatchBranch[]): Set<string> {
  const codes = new Set<string>();
  const waiting = [...branches];
  for (let branch = waiting.pop(); branch !== undefined; branch = waiting.pop()) {
    codes.add(branch.code);
    for (const child of branch.children) waiting.push(child);
  }
  return codes;
}

/** Faults beyond these do not help to mend the request. */
const MAX_FAULTS = 100;

/**
 * Where a branch is being opened. A fault about the unit names the field `place`. Of parts handed out later: `holders`
 * hold the assignments above, by transfer too; `taken` have a part there already.
 */
type Spot = {
  path: string;
  place: string;
  above: readonly string[];
  idBytes: number;
  holders?: readonly Place[];
  taken?: ReadonlySet<string>;
  /** The holder that hands the part out; only units below it may receive one. The office may name any unit. */
  giver?: Giver;
};

/**
 * Opens groups and `children` against the organisation. Faults: unknown unit or task force, a unit twice under one
 * node, a unit below itself, too many leaves, too deep, an id too long.
 */
export function openDispatch(
  request: Pick<DirectiveRequest, 'items'>,
  directory: Directory,
  directiveId: string,
): { items: Opened[]; faults: Fault[] } {
  if (leavesListed(request) > MAX_RECEIVERS) return { items: [], faults: [tooMany('items')] };
  const opening = new Opening(directory, { path: 'items', leaves: 0 });
  const items = request.items.map((item, i): Opened => {
    const path = `items[${i}]`;
    if (request.items.findIndex((other) => other.key === item.key) < i) {
      opening.fault({ path: `${path}.key`, code: 'REPEATED', params: { value: item.key } });
    }
    const prefix = directiveId.length + item.key.length + 1;
    const taskForces = opening.taskForces(item.dispatch, path, prefix);
    return { key: item.key, path, due: item.due, taskForces };
  });
  return { items, faults: opening.faults };
}

/**
 * Opens the receivers of parts handed out later. `above`: the units on the path, the assignment's own last; `holders`:
 * the present holders of the assignment and of those above it; `giver`: its holder, every part stays below it, level by
 * level; `pool`: the units a group is drawn from; `taken`: units that have a part; `leaves`: how many the directive has.
 */
export function openBelow(
  receivers: ReceiverList,
  directory: Directory,
  at: {
    id: string;
    above: readonly string[];
    holders: readonly Place[];
    giver: Giver;
    pool: readonly Unit[];
    taken: ReadonlySet<string>;
    leaves: number;
  },
): { branches: DispatchBranch[]; faults: Fault[] } {
  const path = 'receivers';
  const opening = new Opening(directory, { path, leaves: at.leaves });
  const { above, holders, taken, giver } = at;
  const spot = { path, place: path, above, idBytes: at.id.length, holders, taken, giver };
  const branches = opening.below(receivers, at.pool, spot);
  return { branches, faults: opening.faults };
}

const tooMany = (path: string): Fault => ({ path, code: 'TOO_MANY', params: { max: MAX_RECEIVERS } });

/** Counts the leaves the request itself lists, without opening anything: a cheap bound before any work. */
function leavesListed(request: Pick<DirectiveRequest, 'items'>): number {
  let count = 0;
  const waiting: Receivers[] = request.items.flatMap((item) =>
    item.dispatch.map((dispatch) => dispatch.receivers),
  );
  while (waiting.length > 0 && count <= MAX_RECEIVERS) {
    const receivers = waiting.pop();
    if (!Array.isArray(receivers)) continue;
    for (const { receivers: below } of receivers) {
      if (Array.isArray(below) && below.length > 0) waiting.push(below);
      else count += 1;
    }
  }
  return count;
}

class Opening {
  readonly faults: Fault[] = [];
  private leaves: number;
  private readonly directory: Directory;
  private readonly path: string;

  /** `path`: the list named when there are too many leaves; `leaves`: the number there is already. */
  constructor(directory: Directory, { path, leaves }: { path: string; leaves: number }) {
    this.directory = directory;
    this.path = path;
    this.leaves = leaves;
  }

  fault(fault: Fault): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push(fault);
  }

  taskForces(dispatches: readonly Dispatch[], itemPath: string, prefix: number): DispatchBranch[] {
    const seen = new Set<string>();
    return dispatches.map(({ taskForce: code, due, receivers }, d): DispatchBranch => {
      const path = `${itemPath}.dispatch[${d}]`;
      const force = this.directory.taskForces.get(code);
      const place = `${path}.taskForce`;
      if (!force) this.fault({ path: place, code: 'UNKNOWN_TASK_FORCE', params: { value: code } });
      if (seen.has(code)) this.fault({ path: place, code: 'REPEATED', params: { value: code } });
      seen.add(code);
      const members = membersOf(this.directory, code);
      const spot = { path: `${path}.receivers`, place, above: [], idBytes: prefix + code.length + 1 };
      const children = this.below(receivers, members, spot);
      this.count(children);
      return { code, path, due, children };
    });
  }

  /** A branch without children is a leaf; one over the limit is the last to be opened. */
  private count(children: readonly DispatchBranch[]): void {
    if (children.length > 0 || this.isFull()) return;
    this.leaves += 1;
    if (this.isFull()) this.fault(tooMany(this.path));
  }

  private isFull(): boolean {
    return this.leaves > MAX_RECEIVERS;
  }

  /** A group is drawn from `pool`: the task force's members, or the unit's own children. */
  below(receivers: Receivers, pool: readonly Unit[], spot: Spot): DispatchBranch[] {
    if (receivers === undefined) return [];
    if (receivers === 'children') return this.all(pool, { ...spot, place: spot.path }, undefined);
    if (!Array.isArray(receivers)) return this.group(receivers, pool, spot);
    const seen = new Set<string>();
    return receivers.flatMap((receiver, r): DispatchBranch[] => {
      const path = `${spot.path}[${r}]`;
      const isGroup = 'group' in receiver;
      const here = { ...spot, path, place: `${path}.${isGroup ? 'group' : 'unit'}` };
      const branches = isGroup ? this.group(receiver, pool, here) : this.unit(receiver, here);
      for (const { code } of branches) {
        if (seen.has(code)) this.fault({ path: here.place, code: 'REPEATED', params: { value: code } });
        seen.add(code);
      }
      return branches;
    });
  }

  private group(group: GroupReceivers, pool: readonly Unit[], spot: Spot): DispatchBranch[] {
    const place = `${spot.path}.group`;
    group.except.forEach((code, e) => {
      if (!this.directory.units.has(code)) {
        this.fault({ path: `${spot.path}.except[${e}]`, code: 'UNKNOWN_UNIT', params: { value: code } });
      }
    });
    const except = new Set(group.except);
    const chosen = pool.filter((unit) => unit.kind === group.group && !except.has(unit.code));
    if (chosen.length === 0) this.fault({ path: place, code: 'EMPTY_GROUP', params: { value: group.group } });
    return this.all(chosen, { ...spot, place }, group);
  }

  private all(units: readonly Unit[], spot: Spot, group: GroupReceivers | undefined): DispatchBranch[] {
    return units.flatMap(({ code }) =>
      this.unit({ unit: code, due: group?.due, receivers: group?.receivers }, spot),
    );
  }

  private unit({ unit: code, due, receivers }: Receiver, at: Spot): DispatchBranch[] {
    const { path, place, above, idBytes, holders = [], taken, giver } = at;
    if (this.isFull()) return [];
    if (!this.directory.units.has(code)) {
      this.fault({ path: place, code: 'UNKNOWN_UNIT', params: { value: code } });
    } else if (giver && !takesFrom(this.directory, code, giver)) {
      const value = nameOf(this.directory, unitPlace(code));
      const holder = nameOf(this.directory, giver.place);
      this.fault({ path: place, code: 'NOT_BELOW', params: { value, holder } });
      return [];
    }
    if (taken?.has(code)) this.fault({ path: place, code: 'REPEATED', params: { value: code } });
    // No unit reports to itself, nor to an assignment it holds by transfer.
    if (above.includes(code) || holders.includes(unitPlace(code))) {
      this.fault({ path: place, code: 'OWN_ANCESTOR', params: { value: code } });
      return [];
    }
    // The task force is level 1, its receivers level 2.
    if (above.length + 2 > MAX_DEPTH) {
      this.fault({ path, code: 'TOO_DEEP', params: { max: MAX_DEPTH } });
      return [];
    }
    const bytes = idBytes + code.length + 1;
    if (bytes > MAX_ID_BYTES) this.fault({ path, code: 'TOO_LONG', params: { max: MAX_ID_BYTES } });
    const pool = this.directory.children.get(code) ?? [];
    const next = giver ? { giver: belowUnit(code) } : {};
    const spot = {
      path: `${path}.receivers`,
      place,
      above: [...above, code],
      idBytes: bytes,
      holders,
      ...next,
    };
    const children = this.below(receivers, pool, spot);
    this.count(children);
    return [{ code, path, due, children }];
  }
}
