// The bench's own sums: figures, counts, coverage and the log of a closed directive must equal what was sent.
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import type { Caller } from './connection.ts';
import { figuresOf, ITEM, type Shape } from './shape.ts';

export type Directive = {
  id: string;
  phase: string;
  issuedAt: string;
  closedAt: string | null;
  dueAt: string;
  counts: Record<string, number>;
  coverage: { expected: number; reported: number; approved: number; missing: string[] };
};
export type Event = {
  id: string;
  seq: number;
  at: string;
  received: string;
  type: string;
  assignment: string | null;
  data: Record<string, unknown>;
};
type Summary = {
  items: { item: string; final: boolean; values: unknown; coverage: Directive['coverage'] }[];
};
type Page = { items: Event[]; nextCursor: string | null };

/** Fails with the differences; `late` leaves have escalated once each. */
export async function prove(
  call: Caller,
  id: string,
  shape: Shape,
  late: ReadonlySet<string>,
): Promise<number> {
  const total = shape.leaves.length;
  const whole = { expected: total, reported: total, approved: total, missing: [] };
  const directive = await call<Directive>('GET', `/directives/${id}`);
  strictEqual(directive.phase, 'closed');
  deepStrictEqual(directive.coverage, whole);
  const { total: counted, approved, ...others } = directive.counts;
  deepStrictEqual([counted, approved], [total, total]);
  deepStrictEqual(
    Object.entries(others).filter(([name, count]) => name !== 'escalated' && count !== 0),
    [],
  );
  const { items } = await call<Summary>('GET', `/directives/${id}/summary`);
  const [item] = items;
  deepStrictEqual(
    { items: items.length, item: item?.item, final: item?.final, coverage: item?.coverage },
    { items: 1, item: ITEM, final: true, coverage: whole },
  );
  deepStrictEqual(rounded(item?.values), rounded(figuresOf(shape.leaves)));
  const events = await allEvents(call, id);
  proveLog(events, id, shape, late);
  return events.length;
}

/** Every leaf has been issued, has acknowledged, reported and passed exactly once; every node has sent up its report. */
function proveLog(events: readonly Event[], id: string, shape: Shape, late: ReadonlySet<string>): void {
  strictEqual(new Set(events.map((event) => event.id)).size, events.length, 'an event was listed twice');
  const seen = new Map<string, string[]>();
  for (const { assignment, type } of events) {
    if (assignment === null) continue;
    const types = seen.get(assignment) ?? [];
    types.push(type);
    seen.set(assignment, types);
  }
  for (const { path } of shape.leaves) {
    const types = (seen.get(`${id}.${path}`) ?? []).filter(
      (type) => type !== 'overdue' && type !== 'reminded',
    );
    const expected = [
      'issued',
      'acknowledged',
      'submitted',
      'approved',
      ...(late.has(path) ? ['escalated'] : []),
    ];
    deepStrictEqual([...types].sort(), expected.sort(), `what happened to ${path}`);
    seen.delete(`${id}.${path}`);
  }
  strictEqual(seen.size, shape.nodes, 'nodes with events');
  for (const [node, types] of seen) {
    strictEqual(types.filter((type) => type === 'issued').length, 1, `${node} issued`);
    ok(types.includes('rolledUp'), `${node} sent nothing up: ${types.join()}`);
    if (late.size === 0)
      strictEqual(types.filter((type) => type === 'rolledUp').length, 1, `${node} rolled up`);
  }
  const heads = new Map<string, number[]>();
  for (const { id: name, seq } of events) {
    const desk = name.slice(0, name.lastIndexOf('#'));
    heads.set(desk, [...(heads.get(desk) ?? []), seq]);
  }
  for (const [desk, sequence] of heads)
    strictEqual(Math.max(...sequence), sequence.length, `the log of ${desk} has a gap`);
}

export async function allEvents(call: Caller, id: string): Promise<Event[]> {
  const events: Event[] = [];
  for (let cursor = ''; ;) {
    const page = await call<Page>('GET', `/directives/${id}/events?limit=500${cursor}`);
    events.push(...page.items);
    if (page.nextCursor === null) return events;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}

/** The server calculates exactly, the bench with doubles: they agree to six decimals. */
const rounded = (values: unknown): unknown =>
  JSON.parse(JSON.stringify(values), (_key, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
  );
