// A directive as posted: its notice, its items, and the receivers of each.
import { z } from 'zod';
import { ReceiverList } from '../assignment/receivers.ts';
import { DueRule } from '../calendar/due-rule.ts';
import { Code } from '../code.ts';
import { DocumentTask } from './document-task.ts';
import { Form } from '../form/field.ts';
import { FormOf, NamedForm } from '../form/library.ts';
import { Instant } from '../instant-text.ts';
import { Policy } from '../policy/policy.ts';

/** Leaves under one directive (design.md §8). */
export const MAX_RECEIVERS = 100_000;

const FileId = z.string().min(1).max(100);

export const Dispatch = z.strictObject({
  taskForce: Code,
  due: DueRule.optional(),
  receivers: ReceiverList.default([]),
});
export type Dispatch = z.infer<typeof Dispatch>;

export const Review = z.enum(['manual', 'auto']);
export const RollUp = z.enum(['auto', 'manual']);

export const Item = z.strictObject({
  key: Code,
  title: z.string().trim().min(1).max(500),
  body: z.string().max(100_000).optional(),
  attachments: z.array(FileId).max(50).default([]),
  form: Form.optional(),
  /** Where `form` was kept, of an item that named it. */
  formOf: FormOf.optional(),
  /** Text instead of figures: an item asks for the one or the other. */
  document: DocumentTask.optional(),
  review: Review.default('manual'),
  rollUp: RollUp.default('auto'),
  zeroReport: z.boolean().default(false),
  /** A unit's leader signs before a report leaves it. */
  signOff: z.literal('leader').optional(),
  due: DueRule.optional(),
  dispatch: z.array(Dispatch).min(1).max(500),
});
export type Item = z.infer<typeof Item>;

export const Urgency = z.enum(['normal', 'urgent', 'critical']);
export type Urgency = z.infer<typeof Urgency>;

/** A directive with its forms, as it is kept. */
export const DirectiveRequest = z.strictObject({
  id: Code.optional(),
  number: z.string().trim().min(1).max(100),
  title: z.string().trim().min(1).max(500),
  body: z.string().max(1_000_000).optional(),
  attachments: z.array(FileId).max(50).default([]),
  superior: Code.optional(),
  receivedAt: Instant.optional(),
  urgency: Urgency.default('normal'),
  /** A calendar by its id, in the version of the moment it goes out. */
  calendar: Code.default('work'),
  due: DueRule,
  policy: z.union([Code, Policy]).default('standard'),
  items: z.array(Item).min(1).max(50),
});
export type DirectiveRequest = z.infer<typeof DirectiveRequest>;

/** An item as it is posted: its form in full, or by the name it is kept under. */
const PostedItem = Item.omit({ formOf: true }).extend({ form: z.union([Form, NamedForm]).optional() });

/** `POST /directives`. The whole body is content: its faults are 422 with their path. */
export const PostedDirective = DirectiveRequest.extend({ items: z.array(PostedItem).min(1).max(50) });
export type PostedDirective = z.infer<typeof PostedDirective>;

/** `POST /directives/{id}/copy`: the fields of a copy's own; all else is the original's. */
export const CopyDirective = z.strictObject({
  id: Code.optional(),
  number: DirectiveRequest.shape.number,
  receivedAt: Instant.optional(),
  due: DueRule.optional(),
});
export type CopyDirective = z.infer<typeof CopyDirective>;

/** The request again, to be handed in as if it were new: it was not received when the original was. */
export function copyOf(original: DirectiveRequest, copy: CopyDirective): DirectiveRequest {
  const { receivedAt: _, ...kept } = original;
  return { ...kept, ...copy, due: copy.due ?? original.due };
}

/** A draft as it can be posted again: a named form is named again, in the exact version it was kept with. */
export function postedOf(kept: DirectiveRequest): PostedDirective {
  const items = kept.items.map(({ formOf, form, ...item }) =>
    formOf === undefined ? { ...item, ...(form && { form }) } : { ...item, form: formOf },
  );
  return { ...kept, items };
}

export const DirectivePhase = z.enum(['draft', 'issuing', 'open', 'closed', 'cancelled']);
export type DirectivePhase = z.infer<typeof DirectivePhase>;

export const CancelDirective = z.strictObject({ reason: z.string().trim().min(1).max(2000) });
/** A change to a directive that has gone out; at least one field changes. */
export const AmendDirective = z.strictObject({
  title: z.string().trim().min(1).max(500).optional(),
  body: z.string().max(1_000_000).optional(),
  due: DueRule.optional(),
  note: z.string().trim().min(1).max(2000),
});
export type AmendDirective = z.infer<typeof AmendDirective>;
export const CloseDirective = z.strictObject({ note: z.string().trim().max(2000).optional() });
