// The catalogue's writer: an element kept in its next version.
import { isDeepStrictEqual } from 'node:util';
import { findElement, lockElement, saveElement, type ElementRow } from '../../db/queries/element.ts';
import type { Transaction } from '../../db/pool.ts';
import { refuse, refuseFaults, type Refusal } from '../../domain/failure.ts';
import type { Element } from '../../domain/form/element.ts';
import type { Directory } from '../../domain/organisation/organisation.ts';

/** Keeps a new version unless it equals the latest; `ifMatch` is the version expected. */
export async function keepElement(
  tx: Transaction,
  directory: Directory,
  element: Element,
  by: string,
  ifMatch: number | null,
): Promise<ElementRow | Refusal> {
  await lockElement(tx, element.key);
  const present = await findElement(tx, element.key);
  if (present !== null) {
    const { version: _, by: __, at: ___, ...said } = present;
    if (isDeepStrictEqual(said, element)) return present;
  }
  if (ifMatch !== null && ifMatch !== (present?.version ?? 0)) return refuse('NEWER_VERSION');
  const { sourceUnit } = element;
  if (sourceUnit !== undefined && !directory.units.has(sourceUnit))
    return refuseFaults([{ path: 'sourceUnit', code: 'UNKNOWN_UNIT', params: { value: sourceUnit } }]);
  return saveElement(tx, element, (present?.version ?? 0) + 1, by);
}
