// What somebody may know of an assignment whose merged result alone is shared with them: whose it is, and of what.
import { z } from 'zod';
import type { Ledger } from '../../command/ledger/ledger.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { codeOf, isTaskForce, nameOf } from '../../domain/organisation/organisation.ts';
import { named } from '../openapi.ts';

export const AssignmentBrief = named(
  'AssignmentBrief',
  z.object({
    id: z.string(),
    directive: z.object({ id: z.string(), number: z.string(), title: z.string(), urgency: z.string() }),
    item: z.object({ key: z.string(), title: z.string() }),
    holder: z.object({ code: z.string(), name: z.string(), kind: z.enum(['unit', 'taskForce']) }),
  }),
);

export function assignmentBrief(ledger: Ledger, row: AssignmentRow): z.infer<typeof AssignmentBrief> {
  const { terms, items } = ledger.directiveOf(row);
  const { item, holder } = row.state;
  return {
    id: row.id,
    directive: { id: terms.id, number: terms.number, title: terms.title, urgency: terms.urgency },
    item: { key: item, title: items.get(item)?.title ?? item },
    holder: {
      code: codeOf(holder),
      name: nameOf(ledger.directory, holder),
      kind: isTaskForce(holder) ? 'taskForce' : 'unit',
    },
  };
}
