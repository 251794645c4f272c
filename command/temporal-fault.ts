// Names the fault between us and Temporal by the error of a call, in words an operator can act on.

/**
 * unreachable   nothing answers at the address, or its name is not known
 * untrusted     TLS fails: certificate, authority, server name, or one side speaks plain
 * refused       it answers, and does not let this client in
 * no-namespace  it answers, and has no such namespace
 * other-installation  the namespace is another installation's (command/namespace-mark.ts)
 * failing       anything else
 */
export const TEMPORAL_FAULTS = [
  'unreachable',
  'untrusted',
  'refused',
  'no-namespace',
  'other-installation',
  'failing',
] as const;
export type TemporalFault = (typeof TEMPORAL_FAULTS)[number];

const CURE: Record<TemporalFault, string> = {
  unreachable: 'nobody answers there: is Temporal running, is TEMPORAL_ADDRESS right?',
  untrusted: 'TLS fails: look at TEMPORAL_TLS and TEMPORAL_TLS_*, and at what the server speaks',
  refused: 'it does not let us in: look at TEMPORAL_API_KEY and the client certificate',
  'no-namespace':
    'it has no such namespace: is TEMPORAL_NAMESPACE right? A worker or npm run rebuild makes it',
  'other-installation':
    'the namespace belongs to another installation: give each a TEMPORAL_NAMESPACE of its own',
  failing: 'it fails',
};

/** One line for the log. */
export const temporalFaultWords = (
  fault: TemporalFault,
  { address, namespace }: { address: string; namespace: string },
): string => `Temporal at ${address}, namespace ${namespace}: ${CURE[fault]}`;

// grpc status codes
const INVALID_ARGUMENT = 3;
const [DEADLINE_EXCEEDED, NOT_FOUND, PERMISSION_DENIED, UNAVAILABLE, UNAUTHENTICATED] = [4, 5, 7, 14, 16];

type Told = { code?: unknown; details?: unknown; message?: unknown; cause?: unknown };

/** The client wraps gRPC's error, sometimes twice: the innermost status counts. */
function statusOf(error: unknown): { code: number | null; text: string } {
  let code: number | null = null;
  const texts: string[] = [];
  let told = error as Told | null | undefined;
  for (let depth = 0; told !== null && typeof told === 'object' && depth < 5; depth += 1) {
    if (typeof told.code === 'number') code = told.code;
    for (const text of [told.details, told.message]) if (typeof text === 'string') texts.push(text);
    told = told.cause as Told | null | undefined;
  }
  return { code, text: texts.join('\n') };
}

export function isNoNamespace(error: unknown): boolean {
  const { code, text } = statusOf(error);
  return code === NOT_FOUND && /namespace/i.test(text);
}

/** A search attribute that was registered a moment ago, or never. */
export function isNoAttribute(error: unknown): boolean {
  const { code, text } = statusOf(error);
  return code === INVALID_ARGUMENT && /search attribute|no mapping|invalid query/i.test(text);
}

/** `unreachable` may be TLS as well: the probe tells (command/temporal-probe.ts). */
export function temporalFault(error: unknown): TemporalFault {
  if (isNoNamespace(error)) return 'no-namespace';
  const { code } = statusOf(error);
  if (code === PERMISSION_DENIED || code === UNAUTHENTICATED) return 'refused';
  return code === UNAVAILABLE || code === DEADLINE_EXCEEDED ? 'unreachable' : 'failing';
}
