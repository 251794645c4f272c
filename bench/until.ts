// Waits for a directive's phase by asking again and again, as a page would.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from './connection.ts';
import type { Directive } from './proof.ts';

/** Short compared with the measured times; each question counts the leaves anew. */
const ASK_EVERY_MS = 20;
const PATIENCE_MS = 120_000;

export async function untilPhase(call: Caller, id: string, phase: string): Promise<Directive> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const directive = await call<Directive>('GET', `/directives/${id}`);
    if (directive.phase === phase) return directive;
    if (Date.now() > deadline)
      throw new Error(`${id} is ${directive.phase}, not ${phase}: ${JSON.stringify(directive.counts)}`);
    await sleep(ASK_EVERY_MS);
  }
}
