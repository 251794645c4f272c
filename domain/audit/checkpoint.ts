// The file of a checkpoint: a signed statement in its first line, and the end of a chain in every other.
import { z } from 'zod';

const Hex = z.string().regex(/^[0-9a-f]+$/);

/** `events`: of all chains together. `digest`: over the ends, in the order of the file. */
export const CheckpointStatement = z.strictObject({
  format: z.literal('zhuanban-checkpoint/1'),
  installation: z.string(),
  n: z.int(),
  at: z.string(),
  chains: z.int(),
  events: z.int(),
  digest: Hex,
});
export type CheckpointStatement = z.output<typeof CheckpointStatement>;

export const CheckpointHead = z.strictObject({ statement: CheckpointStatement, key: Hex, signature: Hex });
export type CheckpointHead = z.output<typeof CheckpointHead>;

/** `chain` is empty for the installation's own log; a chain without events has no hash. */
export const CheckpointLine = z.strictObject({
  chain: z.string(),
  seq: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]*$/),
});
