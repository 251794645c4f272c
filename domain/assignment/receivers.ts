// The receivers of parts: units by their codes, with those they pass parts on to, or whole groups.
import { z } from 'zod';
import { DueRule } from '../calendar/due-rule.ts';
import { Code } from '../code.ts';

/** All member units of one kind, each with all its own children where `receivers` says so. */
export const GroupReceivers = z.strictObject({
  group: z.string().max(40),
  except: z.array(Code).max(2000).default([]),
  due: DueRule.optional(),
  receivers: z.literal('children').optional(),
});
export type GroupReceivers = z.infer<typeof GroupReceivers>;

/** One unit, with the units it passes its parts to. */
export type Receiver = {
  unit: string;
  due?: DueRule | undefined;
  receivers?: (Receiver | GroupReceivers)[] | GroupReceivers | 'children' | undefined;
};
export const Receiver: z.ZodType<Receiver> = z.strictObject({
  unit: Code,
  due: DueRule.optional(),
  get receivers() {
    return z
      .union([z.literal('children'), GroupReceivers, z.array(z.union([Receiver, GroupReceivers]))])
      .optional();
  },
});

export const ReceiverList = z.union([z.array(z.union([Receiver, GroupReceivers])), GroupReceivers]);
export type ReceiverList = z.infer<typeof ReceiverList>;
