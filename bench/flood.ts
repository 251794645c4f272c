// Sends every leaf's acknowledge and submit in random order, so many at a time, and times each of them.
import { requestBytes, type Connection, type Reply } from './connection.ts';
import type { Leaf } from './shape.ts';

export type Flooded = { messages: number; seconds: number; p50Ms: number; p99Ms: number; maxMs: number };
type Pair = { acknowledge: Buffer; submit: Buffer };

/** How often another message is drawn before a submit waits for its leaf's receipt. */
const REDRAWS = 8;

export async function flood(
  connections: readonly Connection[],
  about: {
    url: URL;
    directive: string;
    leaves: readonly Leaf[];
    tokens: ReadonlyMap<string, string>;
    seed: number;
  },
): Promise<Flooded> {
  const pairs = about.leaves.map((leaf) => pairOf(about, leaf));
  const order = shuffled([...pairs.keys(), ...pairs.keys()], about.seed);
  const latencies = new Float64Array(order.length);
  /** A leaf's receipt: absent until sent, a promise while under way, null once answered. */
  const receipts = new Map<number, Promise<Reply> | null>();
  let sent = 0;

  /** A leaf's submit never overtakes its acknowledge: a submit that would is exchanged for a later message. */
  function draw(): { at: number; leaf: number } {
    const at = sent++;
    for (let tries = 0; tries < REDRAWS && at + 1 < order.length; tries += 1) {
      if (!receipts.get(order[at] ?? 0)) break;
      const other = at + 1 + Math.floor(Math.random() * (order.length - at - 1));
      [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
    }
    return { at, leaf: order[at] ?? 0 };
  }

  async function carry(connection: Connection): Promise<void> {
    while (sent < order.length) {
      const { at, leaf } = draw();
      const pair = pairs[leaf];
      if (pair === undefined) throw new Error(`no leaf ${leaf}`);
      const receipt = receipts.get(leaf);
      const isFirst = receipt === undefined;
      if (receipt) await receipt;
      const startedMs = performance.now();
      const answered = connection.send(isFirst ? pair.acknowledge : pair.submit);
      if (isFirst) receipts.set(leaf, answered);
      const { status, body } = await answered;
      latencies[at] = performance.now() - startedMs;
      if (isFirst) receipts.set(leaf, null);
      if (status !== 200)
        throw new Error(`${about.leaves[leaf]?.path ?? ''}: ${status} ${body.toString().slice(0, 2_000)}`);
    }
  }

  const startedMs = performance.now();
  await Promise.all(connections.map(carry));
  const seconds = (performance.now() - startedMs) / 1000;
  return {
    messages: order.length,
    seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    maxMs: quantile(latencies, 1),
  };
}

function pairOf(
  { url, directive, tokens }: { url: URL; directive: string; tokens: ReadonlyMap<string, string> },
  { path, person, report }: Leaf,
): Pair {
  const token = tokens.get(person) ?? null;
  const to = `/assignments/${directive}.${path}`;
  return {
    acknowledge: requestBytes('POST', url, `${to}/acknowledge`, token, {}),
    submit: requestBytes('POST', url, `${to}/submit`, token, { values: report }),
  };
}

export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** The same order for the same seed (mulberry32). */
function shuffled(values: number[], seed: number): number[] {
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let at = values.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [values[at], values[other]] = [values[other] ?? 0, values[at] ?? 0];
  }
  return values;
}
