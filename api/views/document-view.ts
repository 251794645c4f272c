// The document a request asks for: as it stands at a place of the tree, of a whole item, or as it was once sent.
import type { Request } from 'express';
import type { DocumentAnswer, DocumentAtQuery, DocumentOfItemQuery } from '../../contract/documents.ts';
import { composeDocument, composeReport, isDocument, type DocumentPlace } from '../../reading/document.ts';
import type { Snapshot } from '../../reading/snapshot.ts';
import { asksSignature } from '../../reading/terms.ts';
import { findSubmission } from '../../db/queries/submission.ts';
import { findHandUp, findHandUpNumber } from '../../db/queries/hand-up.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { relate } from '../../domain/access/relation.ts';
import { Composed } from '../../domain/paper/document/composed.ts';
import { nameOf, nameOfCode, unitPlace, type Directory } from '../../domain/organisation/organisation.ts';
import type { HandUpDocument } from '../../domain/directive/hand-up-document.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { accessTo, readsHandUps, wholeOf } from '../access/directive-access.ts';
import { refused } from '../errors.ts';
import { namedIn } from './reading.ts';
import { readSnapshot, shownRow } from '../../reading/seen-row.ts';

/** With the holder and number in its head: the office's own number once it has been handed up, till then its directive's. */
export type FoundDocument = { document: DocumentAnswer; holder: string; number: string };

/** Text in one document; a reader takes in no more at once, and levels below have their own. */
const MAX_CHARACTERS = 20_000_000;

const names = (directory: Directory) => (code: string) => nameOfCode(directory, code);

export async function documentAt(
  deps: RouteDeps,
  req: Request,
  { basis = 'approved', version }: DocumentAtQuery,
): Promise<FoundDocument> {
  const { directive, id } = namedIn(req);
  const snapshot = await readSnapshot(deps, deps.pool, [{ directive, id }]);
  const { row, isWhole } = shownRow(snapshot, id, actorOf(req), deps.now());
  const item = snapshot.directiveOf(row).items.get(row.state.item);
  if (!isDocument(item)) throw refused('NOT_FOUND');
  const at = { directive, node: id, item, unitName: names(snapshot.directory) };
  const about = { assignment: id, item: row.state.item };
  const head = {
    holder: nameOf(snapshot.directory, row.state.holder),
    number: snapshot.directiveOf(row).terms.number,
  };
  if (version !== undefined) {
    if (!isWhole) throw refused('FORBIDDEN');
    const sent = await asSent(deps, req, { snapshot, row, at }, version);
    return { document: { ...about, basis: null, version, ...sent }, ...head };
  }
  // A result that is not approved is not the node's word yet, and has not been shared.
  if (!isWhole && basis !== 'approved') throw refused('FORBIDDEN');
  const shown = await composed(deps, at, basis);
  const document = {
    ...about,
    basis,
    version: null,
    at: nowIn(deps),
    ...(isWhole ? shown : resultOf(shown)),
  };
  return { document, ...head };
}

export async function documentOfItem(
  deps: RouteDeps,
  req: Request,
  { basis, item: key }: DocumentOfItemQuery,
): Promise<FoundDocument> {
  const { directory, directive } = await wholeOf(deps, req);
  const item = theOne(directive.items.filter(isDocument), (each) => each.key, key);
  const at = {
    directive: directive.id,
    node: `${directive.id}.${item.key}`,
    item,
    unitName: names(directory),
  };
  const shown = await composed(deps, at, basis);
  const about = { assignment: null, item: item.key, basis, version: null, at: nowIn(deps) };
  const holder = nameOf(directory, unitPlace(directive.office));
  const number = (await findHandUpNumber(deps.pool, directive.id)) ?? directive.number;
  return { document: { ...about, ...shown }, holder, number };
}

/** A document handed up to the superior: for the office, for people who read all, and for the superior's people. */
export async function documentHandedUp(
  deps: RouteDeps,
  req: Request,
  asked: string,
  key: string | undefined,
): Promise<{ document: HandUpDocument; holder: string; number: string; at: string }> {
  const access = await accessTo(deps, req);
  const { directive, directory } = access;
  const n = /^[1-9]\d{0,8}$/.exec(asked);
  const row =
    n === null || !readsHandUps(access) ? null : await findHandUp(deps.pool, directive.id, Number(n[0]));
  if (!row) throw refused('NOT_FOUND');
  const written = row.items.flatMap(({ item, document }) => (document ? [{ item, document }] : []));
  const { document } = theOne(written, (each) => each.item, key);
  const holder = nameOf(directory, unitPlace(directive.office));
  return { document, holder, number: row.number ?? directive.number, at: row.at.toISOString() };
}

/** The one named, or the only one. */
function theOne<T>(all: readonly T[], keyOf: (each: T) => string, key: string | undefined): T {
  const asked = all.filter((each) => key === undefined || keyOf(each) === key);
  const [found] = asked;
  if (found === undefined) throw refused('NOT_FOUND');
  if (asked.length > 1) throw refused('MALFORMED', { errors: [{ path: 'item', code: 'REQUIRED' }] });
  return found;
}

const nowIn = (deps: RouteDeps): string => new Date(deps.now()).toISOString();

async function composed(
  deps: RouteDeps,
  at: DocumentPlace,
  basis: DocumentOfItemQuery['basis'],
): Promise<Composed> {
  const document = await composeDocument(deps.pool, at, basis, MAX_CHARACTERS);
  if (document === null) throw refused('DOCUMENT_TOO_LARGE');
  return document;
}

/** A report's document is composed from the report; a copy sent up keeps the whole document of that moment. */
async function asSent(
  deps: RouteDeps,
  req: Request,
  { snapshot, row, at }: { snapshot: Snapshot; row: AssignmentRow; at: DocumentPlace },
  version: number,
): Promise<Composed & { at: string }> {
  const { directive, id } = row;
  const { holder } = relate(snapshot.directory, actorOf(req).person, snapshot.standingOf(row), deps.now());
  // Before its leader has signed a report is the holder's alone.
  const unsigned = holder || !asksSignature(snapshot.directiveOf(row), row.state);
  const reading = { directive, assignment: id, series: 'sent' as const, unsigned };
  const found = await findSubmission(deps.pool, reading, version);
  if (!found) throw refused('NOT_FOUND');
  if (found.kind === 'report')
    return { ...(await composeReport(deps.pool, at, row.state.unit, found)), at: found.at.toISOString() };
  const kept = Composed.safeParse(found.content['document']);
  if (!kept.success) throw refused('NOT_FOUND');
  return { ...kept.data, at: found.at.toISOString() };
}

/** The result that was shared, without the missing sections and without the edits of nodes. */
const resultOf = (document: Composed): Composed => ({
  ...document,
  sections: document.sections.map((section) => ({ ...section, edited: null, missing: [], moreMissing: 0 })),
});
