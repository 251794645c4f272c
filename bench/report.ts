// Prints runs as tables: the best and the median of several, beside the target of each figure.
import { ROLES } from './processes.ts';
import type { Run } from './run.ts';

type Target = { value: number; least: boolean };
type Figure = {
  name: string;
  of: (run: Run) => number | null;
  digits: number;
  /** More is better. */
  rises: boolean;
  target?: (run: Run) => number | null;
};

const WHOLE_SECONDS: Readonly<Record<string, number>> = { '10x100/50': 3, '20x500/50': 16, '20x500/400': 9 };
const cpuOf = (run: Run): number =>
  ROLES.filter((role) => role !== 'client').reduce(
    (sum, role) => sum + (run.spending.roles[role]?.cpuSeconds ?? 0),
    0,
  );
const atLeastOf = ({ underWay }: Run): number | null =>
  underWay === 50 ? 1_200 : underWay === 400 ? 2_500 : null;

const FIGURES: readonly Figure[] = [
  {
    name: 'fan-out, units/s (POST sent until open)',
    of: (r) => r.units / r.openSeconds,
    digits: 0,
    rises: true,
    target: () => 5_000,
  },
  { name: '  until POST answered, s', of: (r) => r.answeredSeconds, digits: 3, rises: false },
  { name: '  until open, s', of: (r) => r.openSeconds, digits: 3, rises: false },
  {
    name: 'messages/s',
    of: (r) => r.flooded.messages / r.flooded.seconds,
    digits: 0,
    rises: true,
    target: atLeastOf,
  },
  { name: '  p50, ms', of: (r) => r.flooded.p50Ms, digits: 1, rises: false },
  { name: '  p99, ms', of: (r) => r.flooded.p99Ms, digits: 1, rises: false },
  { name: '  max, ms', of: (r) => r.flooded.maxMs, digits: 1, rises: false },
  { name: 'last answer until closed, s', of: (r) => r.closingSeconds, digits: 3, rises: false },
  {
    name: 'whole job, s',
    of: (r) => r.wholeSeconds,
    digits: 2,
    rises: false,
    target: (r) => WHOLE_SECONDS[`${r.shape}/${r.underWay}`] ?? null,
  },
  {
    name: 'CPU a unit, ms (without the client)',
    of: (r) => (cpuOf(r) * 1000) / r.units,
    digits: 2,
    rises: false,
    target: ({ shape }) => (shape === '20x500' ? 2 : null),
  },
  ...ROLES.map((role): Figure => ({
    name: `  ${role}, CPU s`,
    of: (r) => r.spending.roles[role]?.cpuSeconds ?? null,
    digits: 2,
    rises: false,
  })),
  ...ROLES.map((role): Figure => ({
    name: `${role}, peak MB`,
    of: (r) => r.spending.roles[role]?.peakMb ?? null,
    digits: 0,
    rises: false,
    ...(role === 'worker' ? { target: () => 500 } : {}),
  })),
  { name: 'others on this machine, CPU s', of: (r) => r.spending.othersCpuSeconds, digits: 2, rises: false },
  { name: 'escalation seen, p50 ms', of: (r) => r.lateness?.seen.p50Ms ?? null, digits: 0, rises: false },
  {
    name: 'escalation seen, p99 ms',
    of: (r) => r.lateness?.seen.p99Ms ?? null,
    digits: 0,
    rises: false,
    target: () => 1_500,
  },
  { name: 'escalation seen, max ms', of: (r) => r.lateness?.seen.maxMs ?? null, digits: 0, rises: false },
  {
    name: 'escalation written, p50 ms',
    of: (r) => r.lateness?.written.p50Ms ?? null,
    digits: 0,
    rises: false,
  },
  {
    name: 'escalation written, p99 ms',
    of: (r) => r.lateness?.written.p99Ms ?? null,
    digits: 0,
    rises: false,
  },
  {
    name: 'escalation written, max ms',
    of: (r) => r.lateness?.written.maxMs ?? null,
    digits: 0,
    rises: false,
  },
  { name: 'notices written', of: (r) => r.lateness?.notices?.notices ?? null, digits: 0, rises: true },
  {
    name: '  by statements',
    of: (r) => r.lateness?.notices?.statements ?? null,
    digits: 0,
    rises: false,
    target: () => 50,
  },
  {
    // The clockwork judges by a clock one second back: only time beyond that is lag.
    name: '  p99 ms beyond the clockwork’s second',
    of: (r) => (r.lateness?.notices ? r.lateness.notices.p99Ms - 1_000 : null),
    digits: 0,
    rises: false,
    target: () => 1_000,
  },
];

export function printRuns(runs: readonly Run[]): void {
  const [first] = runs;
  if (first === undefined) return;
  const late = first.lateness === null ? '' : `, ${first.lateness.late} late at once`;
  console.log(
    `${first.shape}, ${first.underWay} under way${late}; ${first.events} events proved; ` +
      `load before each run ${runs.map(({ load }) => load.toFixed(1)).join(', ')}`,
  );
  const rows = FIGURES.flatMap((figure) => {
    const values = runs.flatMap((run) => figure.of(run) ?? []).sort((a, b) => (figure.rises ? b - a : a - b));
    const [best] = values;
    const median = values[Math.floor(values.length / 2)];
    if (best === undefined || median === undefined) return [];
    const value = figure.target?.(first) ?? null;
    const target = value === null ? null : { value, least: figure.rises };
    return [
      [figure.name, shown(best, figure), runs.length > 1 ? shown(median, figure) : '', judged(best, target)],
    ];
  });
  const head = ['', runs.length > 1 ? 'best' : '', runs.length > 1 ? 'median' : '', 'target'];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  for (const row of [head, ...rows])
    console.log(
      row
        .map((cell, at) =>
          at === 1 || at === 2 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    );
}

const shown = (value: number, { digits }: Figure): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

function judged(best: number, target: Target | null): string {
  if (target === null) return '';
  const isMet = target.least ? best >= target.value : best <= target.value;
  return `${target.least ? '≥' : '≤'} ${target.value.toLocaleString('en')} ${isMet ? '✓' : 'MISSED'}`;
}
