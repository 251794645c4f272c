// A directive that has been checked and planned, written down: kept as a draft, or whole with all its desks.
import { insertDesks } from '../../db/queries/desk.ts';
import type { StoredItem } from '../../db/queries/directive.ts';
import {
  findTaken,
  insertDirective,
  updateDraft,
  type NewDirective,
} from '../../db/queries/directive-writing.ts';
import { deleteAttachments, insertAttachments, lockFiles } from '../../db/queries/file.ts';
import { takenConstraint, type Transaction } from '../../db/pool.ts';
import type { Actor } from '../../domain/access/relation.ts';
import { cut, DESK_LIMIT } from '../../domain/directive/cut.ts';
import type { DirectiveRequest } from '../../domain/directive/directive.ts';
import { formOf, storedDocument } from '../../domain/paper/document/derived-form.ts';
import { refuse, refuseFaults, type Refusal } from '../../domain/failure.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import { filesOf, type PreparedDirective } from './directive.ts';

function storedItem({ dispatch: _, document, ...item }: DirectiveRequest['items'][number]): StoredItem {
  if (document === undefined) return item;
  const stored = storedDocument(document);
  return { ...item, form: formOf(stored), document: stored };
}

/**
 * Stores the directive, a plan row a desk and all desk rows in one transaction: it will go out. A draft only keeps the
 * request, a draft kept before its own anew. 409 DUPLICATE where id or number is taken.
 */
export async function storeDirective(
  tx: Transaction,
  prepared: PreparedDirective,
  about: { actor: Actor; issuedAt: Millis | null; isDraftKept: boolean; deskLimit?: number },
): Promise<Refusal | null> {
  const { id, request, plan } = prepared;
  const [taken] = (await findTaken(tx, id, request.number)).filter(
    (found) => !about.isDraftKept || found.id !== id,
  );
  if (taken) return duplicate(taken.id === id ? { path: 'id', value: id } : numberOf(request));
  const isIssued = about.issuedAt !== null;
  const stored: NewDirective = {
    id,
    number: request.number,
    title: request.title,
    request,
    items: request.items.map(storedItem),
    superior: request.superior ?? null,
    office: prepared.office,
    urgency: request.urgency,
    calendar: request.calendar,
    calendarVersion: prepared.calendarVersion,
    policy: prepared.policy,
    phase: isIssued ? 'open' : 'draft',
    receivedAt: toIso(prepared.receivedAt),
    issuedAt: about.issuedAt === null ? null : toIso(about.issuedAt),
    dueAt: toIso(plan.dueAt),
    officeDueAt: toIso(plan.officeDueAt),
    madeBy: about.actor.person,
  };
  try {
    await (about.isDraftKept ? updateDraft(tx, stored) : insertDirective(tx, stored));
  } catch (error) {
    // Another transaction took it since we looked: the caller rolls back, for the failed statement has spoilt this one.
    const constraint = takenConstraint(error);
    if (constraint === null) throw error;
    return duplicate(constraint === 'directive_pkey' ? { path: 'id', value: id } : numberOf(request));
  }
  await deleteAttachments(tx, id);
  const files = filesOf(request).map(({ file }) => ({ file, directive: id, assignment: '' }));
  if (files.length > 0) {
    const held = await lockFiles(
      tx,
      files.map(({ file }) => file),
    );
    const kept = new Set(held.map((file) => file.id));
    const swept = filesOf(request).filter(({ file }) => !kept.has(file));
    // Swept away since they were looked for.
    if (swept.length > 0)
      return refuseFaults(
        swept.map(({ file, path }) => ({ path, code: 'UNKNOWN_FILE', params: { value: file } })),
      );
    await insertAttachments(tx, files);
  }
  if (isIssued) await insertDesks(tx, id, cut(id, plan.roots, about.deskLimit ?? DESK_LIMIT));
  return null;
}

const numberOf = ({ number }: DirectiveRequest): { path: string; value: string } => ({
  path: 'number',
  value: number,
});

const duplicate = ({ path, value }: { path: string; value: string }): Refusal =>
  refuse('DUPLICATE', { params: { value }, errors: [{ path, code: 'DUPLICATE', params: { value } }] });
