// Every notice on its way out of the house, and its outcome (api.md §8).
import { z } from 'zod';
import { Channel } from '../domain/delivery/channel.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';

const DeliveryProgress = z.enum(['waiting', 'sent', 'failed', 'collapsed', 'suppressed']);
const NamedId = z.strictObject({ id: z.string(), name: z.string() });

export const DeliveryAnswer = published(
  'Delivery',
  z.strictObject({
    id: z.string(),
    channel: Channel,
    state: DeliveryProgress,
    /** null for a webhook, which goes to another system. */
    person: NamedId.nullable(),
    endpoint: NamedId.nullable(),
    type: z.string(),
    directive: z.string().nullable(),
    assignment: z.string().nullable(),
    text: z.string(),
    at: z.string(),
    dueAt: z.string(),
    /** Waits for the person's next digest. */
    digest: z.boolean(),
    attempts: z.int(),
    sentAt: z.string().nullable(),
    /** The other side's last answer. */
    said: z.string().nullable(),
    /** The delivery this one went out with, and the failed one it repeats. */
    goesWith: z.string().nullable(),
    follows: z.string().nullable(),
  }),
);
export type DeliveryAnswer = z.infer<typeof DeliveryAnswer>;

export const DELIVERY_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/notifications/deliveries',
    tag: 'notifications',
    summary: 'What went to you by mail and robots, newest first; an administrator or auditor sees all',
    query: z.strictObject({
      ...pageQuery,
      state: DeliveryProgress.optional(),
      channel: Channel.optional(),
      person: z.string().min(1).max(40).optional(),
    }),
    answers: { 200: pageAnswer(DeliveryAnswer) },
  }),
};
