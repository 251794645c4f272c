// What a robot's answer means: all three reply 200 and put the result into a number in the body.
import { z } from 'zod';
import type { AttemptOutcome } from '../domain/delivery/delivery-attempt.ts';
import { outcomeOfStatus, type HttpAnswer } from './http.ts';

/** "System busy", by the conventions all three share. */
const SYSTEM_BUSY = -1;

export function errcodeOutcome(
  answer: HttpAnswer,
  field: 'errcode' | 'code',
  about: { tooFast: ReadonlySet<number>; busyMs: number; mayPass?: ReadonlySet<number> },
): AttemptOutcome {
  const refused = outcomeOfStatus(answer);
  if (refused) return refused;
  const code = codeIn(answer.text, field);
  const said = answer.text;
  // Most likely a proxy's page, not the robot's own answer.
  if (code === null) return { kind: 'failed', said: `not understood: ${said}` };
  if (code === 0) return { kind: 'sent', said };
  if (about.tooFast.has(code)) return { kind: 'busy', said, afterMs: about.busyMs };
  const mayPass = code === SYSTEM_BUSY || about.mayPass?.has(code) === true;
  return { kind: mayPass ? 'failed' : 'refused', said };
}

function codeIn(text: string, field: string): number | null {
  try {
    const parsed = z.looseObject({ [field]: z.int() }).safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data[field] as number) : null;
  } catch {
    return null;
  }
}
