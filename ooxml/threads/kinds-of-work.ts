// The kinds of work done in threads: how much memory and time one task may take, and how many may wait.

export type Bounds = {
  /** Of a thread's heap; less where the budget of the whole process is smaller. */
  heapMb: number;
  /** For one task, including the thread's start. */
  timeMs: number;
  /** It may hold a processor for a minute. */
  isLong: boolean;
  /** When this many wait, further tasks are turned away: each waiting task holds its data in memory. */
  waiting: number;
  /** How long a thread is kept for the next task; 0: each task has one of its own. */
  keptMs: number;
};

export const WORK = {
  /** Ten thousand rows of ten columns take about two seconds and fit several times; a larger one is an attack. */
  'read workbook': { heapMb: 256, timeMs: 20_000, isLong: false, waiting: 8, keptMs: 0 },
  /**
   * What the largest XML part takes in memory; two hundred pages take two seconds on a slow machine. A document of many
   * sections is read file by file: its thread is not started anew for each.
   */
  'read document': { heapMb: 384, timeMs: 20_000, isLong: false, waiting: 50, keptMs: 10_000 },
  /** A workbook of ten thousand rows takes some 150 MB while it is filled; an office's template takes a second. */
  'open template': { heapMb: 384, timeMs: 20_000, isLong: false, waiting: 8, keptMs: 0 },
  /** A thousand pages take two seconds; with all their pictures they need half of this. */
  'write document': { heapMb: 1_024, timeMs: 60_000, isLong: true, waiting: 8, keptMs: 0 },
  /** The largest workbook takes some 350 MB while it is written, beside the figures it is written from. */
  'make summary': { heapMb: 640, timeMs: 60_000, isLong: true, waiting: 8, keptMs: 30_000 },
  /**
   * A directive of 8 MB takes a second and 200 MB; most bodies over 64 KB are tables of some hundred rows, which take
   * 10 ms. Many of them come in the last minutes before a due time.
   */
  'judge body': { heapMb: 384, timeMs: 20_000, isLong: false, waiting: 100, keptMs: 30_000 },
} as const satisfies Record<string, Bounds>;
