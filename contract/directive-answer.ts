// A directive as readers see it (api.md §4): whole, as a list shows it, and as its superior does.
import { z } from 'zod';
import { Policy } from '../domain/policy/policy.ts';
import { DirectivePhase, Item, PostedDirective, Urgency } from '../domain/directive/directive.ts';
import { DocumentTask, Section } from '../domain/directive/document-task.ts';
import { published } from './naming.ts';
import { CountsAnswer, CoverageAnswer } from './places.ts';
import { PlanWarningAnswer } from './warnings.ts';

published('DirectiveRequest', PostedDirective);

/** A document asked for, each section with the field that takes it as a file. */
const DocumentTaskAnswer = DocumentTask.extend({
  sections: z.array(Section.extend({ fileKey: z.string() })),
});

/** The questions of an item; its receivers are in the tree. */
const ItemAnswer = published(
  'Item',
  Item.omit({ dispatch: true, document: true }).extend({ document: DocumentTaskAnswer.optional() }),
);

/** The text of the directive, for every reader. */
const Paper = {
  id: z.string(),
  number: z.string(),
  title: z.string(),
  attachments: z.array(z.string()),
  superior: z.string().nullable(),
  office: z.string(),
  urgency: Urgency,
  phase: DirectivePhase,
  receivedAt: z.string(),
  issuedAt: z.string().nullable(),
  dueAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  /** Figures handed up to the superior so far. */
  handedUp: z.int(),
};
const Body = { body: z.string().nullable() };

/** As a list shows it; figures of the whole are the office's, others read null. */
export const DirectiveBrief = published(
  'DirectiveBrief',
  z.strictObject({
    ...Paper,
    version: z.int(),
    calendar: z.string(),
    calendarVersion: z.int(),
    officeDueAt: z.string().nullable(),
    madeBy: z.string(),
    items: z.array(ItemAnswer),
    counts: CountsAnswer.nullable(),
    coverage: CoverageAnswer.nullable(),
  }),
);
export type DirectiveBrief = z.infer<typeof DirectiveBrief>;

export const DirectiveAnswer = published(
  'Directive',
  DirectiveBrief.extend({
    ...Body,
    policy: Policy,
    /** Of a draft: the request as it can be put back, with the receivers. */
    request: PostedDirective.nullable().optional(),
  }),
);
export type DirectiveAnswer = z.infer<typeof DirectiveAnswer>;

/** The accepted directive, with its warnings. */
export const DirectiveTakenIn = published(
  'DirectiveTakenIn',
  DirectiveAnswer.extend({ warnings: z.array(PlanWarningAnswer) }),
);
export type DirectiveTakenIn = z.infer<typeof DirectiveTakenIn>;

/** For the superior: the notice and what its items ask; how it is carried out below is the office's business. */
export const DirectiveNotice = published(
  'DirectiveNotice',
  z.strictObject({
    ...Paper,
    ...Body,
    items: z.array(ItemAnswer.pick({ key: true, title: true, body: true, attachments: true, form: true })),
  }),
);
export type DirectiveNotice = z.infer<typeof DirectiveNotice>;
