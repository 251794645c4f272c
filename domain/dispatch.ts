// Who receives an item: the dispatch of a directive opened into a tree of units, with every fault named by its place.
import type { DueRule } from './calendar.ts';
import { MAX_DEPTH, MAX_ID_BYTES } from './code.ts';
import {
  MAX_RECEIVERS,
  type DirectiveRequest,
  type Dispatch,
  type GroupReceivers,
  type Receiver,
} from './directive.ts';
import type { Fault } from './failure.ts';
import type { Directory, Unit } from './organisation.ts';

/** One assignment to be: a task force's or a unit's, not yet timed. `path` is its place in the request. */
export type Branch = {
  code: string;
  path: string;
  due: DueRule | undefined;
  children: Branch[];
};

/** A dispatched item: its task forces' branches. */
export type Opened = { key: string; path: string; due: DueRule | undefined; taskForces: Branch[] };

type Receivers = Receiver['receivers'];

/** Faults beyond these say nothing new to whoever mends the request. */
const MAX_FAULTS = 100;

/**
 * Opens groups and `children` against the organisation. Faults: unknown unit or task force, a unit twice under one
 * node, a unit below itself, too many, too deep, an id too long.
 */
export function openDispatch(
  request: Pick<DirectiveRequest, 'items'>,
  directory: Directory,
  directiveId: string,
): { items: Opened[]; faults: Fault[] } {
  const receivers = countReceivers(request);
  if (receivers > MAX_RECEIVERS)
    return { items: [], faults: [{ path: 'items', code: 'TOO_MANY', params: { max: MAX_RECEIVERS } }] };
  const opening = new Opening(directory);
  const items = request.items.map((item, i): Opened => {
    const path = `items[${i}]`;
    if (request.items.findIndex((other) => other.key === item.key) < i) {
      opening.fault({ path: `${path}.key`, code: 'REPEATED', params: { value: item.key } });
    }
    const prefix = directiveId.length + item.key.length + 1;
    return {
      key: item.key,
      path,
      due: item.due,
      taskForces: opening.taskForces(item.dispatch, path, prefix),
    };
  });
  return { items, faults: opening.faults };
}

/** Counts what the request itself lists, without opening anything: a cheap bound before any work. */
function countReceivers(request: Pick<DirectiveRequest, 'items'>): number {
  let count = 0;
  const waiting: unknown[] = request.items.flatMap((item) =>
    item.dispatch.map((dispatch) => dispatch.receivers),
  );
  while (waiting.length > 0 && count <= MAX_RECEIVERS) {
    const receivers = waiting.pop();
    if (!Array.isArray(receivers)) continue;
    count += receivers.length;
    for (const receiver of receivers as Receiver[]) if (receiver.receivers) waiting.push(receiver.receivers);
  }
  return count;
}

class Opening {
  readonly faults: Fault[] = [];
  private opened = 0;
  private readonly directory: Directory;

  constructor(directory: Directory) {
    this.directory = directory;
  }

  fault(fault: Fault): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push(fault);
  }

  taskForces(dispatches: readonly Dispatch[], itemPath: string, prefix: number): Branch[] {
    const seen = new Set<string>();
    return dispatches.map((dispatch, d): Branch => {
      const path = `${itemPath}.dispatch[${d}]`;
      const force = this.directory.taskForces.get(dispatch.taskForce);
      if (!force)
        this.fault({
          path: `${path}.taskForce`,
          code: 'UNKNOWN_TASK_FORCE',
          params: { value: dispatch.taskForce },
        });
      if (seen.has(dispatch.taskForce)) {
        this.fault({ path: `${path}.taskForce`, code: 'REPEATED', params: { value: dispatch.taskForce } });
      }
      seen.add(dispatch.taskForce);
      const members = (force?.members ?? []).flatMap((code) => this.directory.units.get(code) ?? []);
      const idBytes = prefix + dispatch.taskForce.length + 1;
      const children = this.below(dispatch.receivers, members, `${path}.receivers`, [], idBytes);
      return { code: dispatch.taskForce, path, due: dispatch.due, children };
    });
  }

  /** `pool` is what a group is drawn from: the task force's members, or the unit's own children. */
  private below(
    receivers: Receivers,
    pool: readonly Unit[],
    path: string,
    above: string[],
    idBytes: number,
  ): Branch[] {
    if (receivers === undefined) return [];
    if (receivers === 'children') return this.all(pool, path, above, idBytes, undefined);
    if (!Array.isArray(receivers)) return this.group(receivers, pool, path, above, idBytes);
    const branches = receivers.flatMap((receiver, r): Branch[] => {
      const here = `${path}[${r}]`;
      if ('group' in receiver) return this.group(receiver, pool, here, above, idBytes);
      return this.unit(receiver, here, above, idBytes);
    });
    const seen = new Set<string>();
    for (const branch of branches) {
      if (seen.has(branch.code))
        this.fault({ path: `${branch.path}.unit`, code: 'REPEATED', params: { value: branch.code } });
      seen.add(branch.code);
    }
    return branches;
  }

  private group(
    group: GroupReceivers,
    pool: readonly Unit[],
    path: string,
    above: string[],
    idBytes: number,
  ): Branch[] {
    group.except.forEach((code, e) => {
      if (!this.directory.units.has(code))
        this.fault({ path: `${path}.except[${e}]`, code: 'UNKNOWN_UNIT', params: { value: code } });
    });
    const chosen = pool.filter((unit) => unit.kind === group.group && !group.except.includes(unit.code));
    if (chosen.length === 0)
      this.fault({ path: `${path}.group`, code: 'EMPTY_GROUP', params: { value: group.group } });
    return this.all(chosen, path, above, idBytes, group);
  }

  private all(
    units: readonly Unit[],
    path: string,
    above: string[],
    idBytes: number,
    group: GroupReceivers | undefined,
  ): Branch[] {
    return units.flatMap((unit) =>
      this.unit({ unit: unit.code, due: group?.due, receivers: group?.receivers }, path, above, idBytes),
    );
  }

  private unit(receiver: Receiver, path: string, above: string[], idBytes: number): Branch[] {
    const { unit: code } = receiver;
    this.opened += 1;
    if (this.opened > MAX_RECEIVERS + above.length) {
      this.fault({ path: 'items', code: 'TOO_MANY', params: { max: MAX_RECEIVERS } });
      return [];
    }
    if (!this.directory.units.has(code))
      this.fault({ path: `${path}.unit`, code: 'UNKNOWN_UNIT', params: { value: code } });
    if (above.includes(code)) {
      this.fault({ path: `${path}.unit`, code: 'OWN_ANCESTOR', params: { value: code } });
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
    const children = this.below(receiver.receivers, pool, `${path}.receivers`, [...above, code], bytes);
    return [{ code, path, due: receiver.due, children }];
  }
}
