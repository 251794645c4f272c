// The brief of an assignment for a reader who is shared its merged result alone: its holder, item and directive.
import type { AssignmentBrief } from '../../contract/assignments.ts';
import type { Snapshot } from '../../reading/snapshot.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { codeOf, isTaskForce, nameOf } from '../../domain/organisation/organisation.ts';

export function assignmentBrief(snapshot: Snapshot, row: AssignmentRow): AssignmentBrief {
  const { terms, items } = snapshot.directiveOf(row);
  const { item, holder } = row.state;
  return {
    id: row.id,
    directive: { id: terms.id, number: terms.number, title: terms.title, urgency: terms.urgency },
    item: { key: item, title: items.get(item)?.title ?? item },
    holder: {
      code: codeOf(holder),
      name: nameOf(snapshot.directory, holder),
      kind: isTaskForce(holder) ? 'taskForce' : 'unit',
    },
  };
}
