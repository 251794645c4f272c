// The tree a bench run plays: its organisation, its directive, its leaves and their reports.
export type Report = {
  sites: number;
  on_duty: number;
  registered: number;
  trained: number;
  shift: (typeof SHIFTS)[number];
};
/** `path` is the assignment's id below the directive's; `person` holds it. */
export type Leaf = { path: string; unit: string; person: string; report: Report };
export type Shape = {
  /** As on the command line: `10x100`, `14x12x8`. */
  name: string;
  leaves: readonly Leaf[];
  /** Nodes that send a merged report up. */
  nodes: number;
  people: readonly string[];
  organisation: object;
  dispatch: readonly object[];
};

export const ITEM = 'sites';
export const OFFICE_PERSON = 'bench-office';
const SHIFTS = ['08:30-17:30', '09:00-21:00', 'night'] as const;
const OFFICE = 'BENCH';

type Receiver = { unit: string; receivers?: Receiver[] };

/** `unitsPerPerson` leaves of one task force share a liaison, so that making tokens takes less time than the run. */
export function createShape(name: string, unitsPerPerson: number): Shape {
  const sizes = name.split(/[x×]/).map(Number);
  if (sizes.length < 2 || sizes.some((size) => !Number.isInteger(size) || size < 1))
    throw new Error(`a shape is task forces × units or task forces × streets × communities: ${name}`);
  const [forces = 1, ...below] = sizes;
  const units: object[] = [{ code: OFFICE, name: OFFICE, kind: 'office' }];
  const posts: object[] = [{ unit: OFFICE, role: 'staff', person: OFFICE_PERSON }];
  const leaves: Leaf[] = [];
  const people: string[] = [];
  let nodes = forces;

  function grow(parent: string, path: string, rest: readonly number[]): Receiver[] {
    const [size = 0, ...deeper] = rest;
    return Array.from({ length: size }, (_, index) => {
      const unit = `${parent}-${index}`;
      units.push({
        code: unit,
        name: unit,
        kind: deeper.length > 0 ? 'street' : 'community',
        parent: OFFICE,
      });
      const at = `${path}.${unit}`;
      if (deeper.length > 0) {
        nodes += 1;
        return { unit, receivers: grow(unit, at, deeper) };
      }
      if (leaves.length % unitsPerPerson === 0) people.push(`bench-${name}-${people.length}`);
      const person = people.at(-1) ?? '';
      posts.push({ unit, role: 'liaisonA', person });
      leaves.push({ path: at, unit, person, report: reportOf(leaves.length) });
      return { unit };
    });
  }

  const codes = Array.from({ length: forces }, (_, index) => `B${name}-${index}`);
  const dispatch = codes.map((taskForce) => ({
    taskForce,
    receivers: grow(taskForce, `${ITEM}.${taskForce}`, below),
  }));
  return {
    name,
    leaves,
    nodes,
    people,
    dispatch,
    organisation: {
      units,
      people: [OFFICE_PERSON, ...people].map((id) => ({ id, name: id })),
      posts,
      taskForces: codes.map((code) => ({ code, name: code, office: OFFICE })),
    },
  };
}

/** Any numbers that differ and whose sums a double holds exactly. */
const reportOf = (index: number): Report => ({
  sites: index % 7,
  on_duty: 10 + (index % 13),
  registered: 100 + (index % 29),
  trained: (50 + (index % 50)) / 100,
  shift: SHIFTS[index % SHIFTS.length] ?? SHIFTS[0],
});

const POLICY = {
  acknowledgeWithin: 'PT2H',
  remindBefore: ['PT1H'],
  ladder: [
    { clock: 'acknowledge', after: 'PT0S', notify: ['unit.liaisonA'] },
    { clock: 'due', after: 'PT0S', notify: ['unit.liaisonA'] },
  ],
};

const number = (key: string, more: object): object => ({
  key,
  label: key,
  type: 'integer',
  min: 0,
  required: true,
  aggregate: 'sum',
  timeAxis: 'snapshot',
  ...more,
});

/** A directive of this shape; every report passes by itself, so that it closes with the last one. */
export const directiveOf = (shape: Shape, id: string, due: string | { within: string }): object => ({
  id,
  number: id,
  title: `Bench ${shape.name}`,
  calendar: 'always',
  due,
  policy: POLICY,
  items: [
    {
      key: ITEM,
      title: 'Sites and people on duty',
      review: 'auto',
      rollUp: 'auto',
      form: {
        fields: [
          number('sites', {}),
          number('on_duty', { timeAxis: 'flow' }),
          number('registered', {}),
          number('trained', { type: 'percent', aggregate: { weightedMean: 'on_duty' }, timeAxis: undefined }),
          number('shift', {
            type: 'choice',
            options: SHIFTS,
            aggregate: 'countByValue',
            timeAxis: undefined,
            min: undefined,
          }),
        ],
        rules: [
          {
            key: 'duty',
            check: 'on_duty <= registered',
            severity: 'block',
            message: 'more on duty than registered',
          },
        ],
      },
      dispatch: shape.dispatch,
    },
  ],
});

/** The merged figures once all leaves have reported. */
export function figuresOf(leaves: readonly Leaf[]): Record<string, unknown> {
  const sum = (of: (report: Report) => number): number =>
    leaves.reduce((total, { report }) => total + of(report), 0);
  const counted = (shift: string): number => sum((report) => (report.shift === shift ? 1 : 0));
  return {
    sites: sum(({ sites }) => sites),
    on_duty: sum(({ on_duty }) => on_duty),
    registered: sum(({ registered }) => registered),
    trained: sum(({ on_duty, trained }) => Math.round(on_duty * trained * 100)) / 100 / sum((r) => r.on_duty),
    shift: Object.fromEntries(SHIFTS.map((shift) => [shift, counted(shift)])),
  };
}
