// An assignment as its row keeps it: without fields at rest, and without those the row's own columns hold.
import { AT_REST, type Assignment } from './assignment.ts';

/** The fields a row has in columns of its own, beside its state. */
const COLUMN_FIELDS = [
  'id',
  'directive',
  'item',
  'parent',
  'taskForce',
  'unit',
  'holder',
  'node',
  'phase',
  'dueAt',
  'current',
  'approved',
  'escalation',
  'part',
] as const satisfies readonly (keyof Assignment)[];

export type InColumns = Pick<Assignment, (typeof COLUMN_FIELDS)[number]>;

const IN_COLUMNS: ReadonlySet<string> = new Set(COLUMN_FIELDS);

/** At rest in most assignments, and yet written by releases that kept the whole of their first shape. */
const OFTEN_AT_REST: Partial<Assignment> = {
  acknowledgedAt: null,
  submittedAt: null,
  settledAt: null,
  onTime: null,
  correcting: false,
  returned: null,
  overdue: false,
  reminded: 0,
  taken: {},
  copy: null,
  closing: null,
  orders: [],
  carried: {},
};

const RESTING = new Map<string, unknown>(Object.entries(AT_REST));
const RESTED = { ...OFTEN_AT_REST, ...AT_REST };
const NARROWLY_RESTING = new Map<string, unknown>(Object.entries(RESTED));

/** As JSON has it: undefined fields are absent, and numbers within an object are compared by themselves. */
function isAtRest(value: unknown, resting: unknown): boolean {
  if (value === resting) return true;
  if (typeof value !== 'object' || value === null || typeof resting !== 'object' || resting === null)
    return false;
  if (Object.keys(value).length === 0) return Object.keys(resting).length === 0;
  const said = Object.entries(value).filter(([, each]) => each !== undefined);
  const rest = Object.entries(resting);
  return (
    said.length === rest.length &&
    said.every(([key, each]) => rest.some(([name, other]) => name === key && other === each))
  );
}

/** Without fields added since the first release that are at rest: the release before reads this too. */
export const packed = (a: Assignment): object => without(a, RESTING, null);

/** Without all that is at rest or in columns: a third of it. The release before does not read it. */
export const narrowed = (a: Assignment): object => without(a, NARROWLY_RESTING, IN_COLUMNS);

function without(
  a: Assignment,
  resting: ReadonlyMap<string, unknown>,
  elsewhere: ReadonlySet<string> | null,
): object {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(a)) {
    if (elsewhere?.has(key) === true) continue;
    const value = a[key as keyof Assignment];
    if (resting.has(key) && isAtRest(value, resting.get(key))) continue;
    kept[key] = value;
  }
  return kept;
}

/**
 * The assignment again, from either shape. An object without a version is no state: `RESTED` is not filled in, so that it
 * does not pass for an assignment without events.
 */
export function unpacked(stored: object, columns?: InColumns): Assignment {
  const isState = 'version' in stored && typeof stored.version === 'number' && 'issuedAt' in stored;
  if (!isState) return { ...AT_REST, ...stored } as Assignment;
  // One object is spread first and holds most keys: of several, only the first is copied at once.
  return (
    columns === undefined ? { ...RESTED, ...stored } : { ...RESTED, ...columns, ...stored }
  ) as Assignment;
}
