// The ways a notice leaves the house: mail and a group's robot reach people, a webhook reaches another system.
import { z } from 'zod';

export const Robot = z.enum(['dingtalk', 'wecom', 'feishu']);
export type Robot = z.infer<typeof Robot>;

/** The channels a person may choose. */
export const PersonalChannel = z.enum(['mail', ...Robot.options]);
export type PersonalChannel = z.infer<typeof PersonalChannel>;

export const Channel = z.enum([...PersonalChannel.options, 'webhook']);
export type Channel = z.infer<typeof Channel>;

/** One way to one receiver: an address of the person's own, or an endpoint. */
export type DeliveryWay = { channel: Channel; endpoint: string | null };
