// Ends what a person is signed in by, when their password changes or is given anew.
import type { Transaction } from '../../db/pool.ts';
import { deleteSessionsOf } from '../../db/queries/session.ts';
import { revokeOwnTokens } from '../../db/queries/token.ts';
import type { SecurityEvent } from '../../domain/audit/security-event.ts';

/**
 * All sessions but the one named by its hash, and the tokens the person made. Tokens that others made for the person
 * are a service's and go on. Answers what the caller has to record as its last statement.
 */
export async function endSignIns(
  tx: Transaction,
  person: string,
  exceptHash: string | null,
): Promise<SecurityEvent[]> {
  const sessions = await deleteSessionsOf(tx, person, exceptHash);
  const tokens = await revokeOwnTokens(tx, person);
  return [
    ...(sessions === 0 ? [] : [{ type: 'sessionsEnded' as const, data: { person, sessions } }]),
    ...tokens.map((token) => ({ type: 'tokenRevoked' as const, data: { token, person } })),
  ];
}
