// The document a request asks for: as it stands at a place of the tree, of a whole item, or as it was once sent.
import type { Request } from 'express';
import type { DocumentAnswer, DocumentAtQuery, DocumentOfItemQuery } from '../../contract/documents.ts';
import { isDocument } from '../../reading/document.ts';
import { findHandUp, findHandUpNumber } from '../../db/queries/hand-up.ts';
import { nameOf, nameOfCode, unitPlace, type Directory } from '../../domain/organisation/organisation.ts';
import type { HandUpDocument } from '../../domain/directive/hand-up-document.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { accessTo, readsHandUps, wholeOf } from '../access/directive-access.ts';
import { refused } from '../errors.ts';
import { namedIn } from './reading.ts';
import { readSnapshot, shownRow } from '../../reading/seen-row.ts';
import { documentAsSent, composedWithin, sharedResultOf } from '../../reading/shown-document.ts';

/** With the holder and number in its head: the office's own number once it has been handed up, till then its directive's. */
export type FoundDocument = { document: DocumentAnswer; holder: string; number: string };

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
    const sent = await documentAsSent(deps, actorOf(req).person, { snapshot, row, at }, version);
    return { document: { ...about, basis: null, version, ...sent }, ...head };
  }
  // A result that is not approved is not the node's word yet, and has not been shared.
  if (!isWhole && basis !== 'approved') throw refused('FORBIDDEN');
  const shown = await composedWithin(deps.pool, at, basis);
  const document = {
    ...about,
    basis,
    version: null,
    at: nowIn(deps),
    ...(isWhole ? shown : sharedResultOf(shown)),
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
  const shown = await composedWithin(deps.pool, at, basis);
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
