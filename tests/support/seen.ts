// The tests' type of an answer: every field that api.md names, in one loose type; a missing field fails its
// expectation.

export type SeenEvent = {
  id: string;
  seq: number;
  at: string;
  received: string;
  type: string;
  assignment: string | null;
  actor: string | null;
  data: {
    values: Record<string, number>;
    old: Record<string, number>;
    coverage: Record<string, number>;
    [key: string]: unknown;
  };
  hash: string;
};

type Named = { code: string; name: string };

/** The body of any answer: an assignment, a directive, a summary, a list of them, a verdict or a problem. */
export type Seen = {
  id: string;
  status: number;
  code: string;
  detail: string;
  requestId: string;
  errors: { path: string; code: string; message: string }[];
  problem: Seen;
  phase: string;
  light: string;
  version: number;
  number: string;
  unit: Named;
  holder: Named;
  issuer: Named;
  overdue: boolean;
  onTime: boolean | null;
  correcting: boolean;
  suspendedUntil: string | null;
  extension: { dueAt: string; reason: string; by: string } | null;
  transfer: { to: Named; reason: string; by: string } | null;
  decline: { reason: string; by: string } | null;
  awaitingSignature: boolean;
  withdrawn: { reason: string | null; at: string; by: string } | null;
  progress: { note: string; percent: number | null; by: string } | null;
  shared: Named[];
  escalation: number;
  issuedAt: string;
  delivered: { at: string; channel: string } | null;
  dueAt: string;
  officeDueAt: string;
  acknowledgeBy: string | null;
  acknowledgedAt: string | null;
  settledAt: string | null;
  closedAt: string | null;
  submission: Seen | null;
  returned: { reason: string; fields: string[]; by: string } | null;
  allowed: string[];
  counts: Record<string, number>;
  coverage: { expected: number; reported: number; approved: number; missing: string[] };
  final: boolean;
  values: Record<string, number>;
  rows: Record<string, unknown>;
  value: number;
  item: unknown;
  children: Seen[];
  type: string;
  data: Record<string, unknown>;
  /** The state after a command. */
  assignment: Seen;
  items: Seen[];
  nextCursor: string | null;
};
