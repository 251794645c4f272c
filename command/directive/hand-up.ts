// Figures handed up to the superior: frozen by the office, and restated by the clockwork when they are others later.
import { isIssuing } from '../../db/queries/desk.ts';
import {
  insertHandUp,
  isHandUpNumberTaken,
  listHandUps,
  lockHandUpCounter,
  saveHandUpCounter,
} from '../../db/queries/hand-up.ts';
import { lockDesks, type DeskRow } from '../../db/queries/ledger.ts';
import { tallyBelow } from '../../db/queries/tally.ts';
import type { Db, Transaction } from '../../db/pool.ts';
import type { Actor } from '../../domain/access/relation.ts';
import { asksSensitive } from '../../domain/form/masking.ts';
import { refuse, type Refusal } from '../../domain/failure.ts';
import {
  figuresIn,
  handUpNumber,
  headsOf,
  mayRestate,
  refuseHandUp,
  restated,
  type HandUpItem,
  type HandUpKind,
} from '../../domain/directive/hand-up.ts';
import { handedUp } from '../../domain/paper/document/handed-up.ts';
import { maskedHandUp, maskedHeads, type FormOfItem } from '../../domain/merge/masked-record.ts';
import type { Millis } from '../../domain/instant.ts';
import { nameOf, nameOfCode, taskForcePlace, unitPlace } from '../../domain/organisation/organisation.ts';
import { slipYear } from '../../domain/paper/slip/slip.ts';
import { digestOf } from '../../reading/chain.ts';
import { composeDocument, isDocument } from '../../reading/document.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { By } from '../ledger/log.ts';
import { openLedger } from '../ledger/opening.ts';
import type { Sources } from '../../reading/opening.ts';
import { isFinal, summarise, type SummedPart } from '../../reading/summary.ts';
import type { Directive } from '../../reading/terms.ts';

/** The office hands up, under its desk's lock. Answers the number of the hand-up and the desks to nudge. */
export async function handUp(
  tx: Transaction,
  sources: Sources,
  about: {
    id: string;
    note: string | null;
    number: string | null;
    actor: Actor;
    receivedMs: Millis;
    command: string;
  },
): Promise<Refusal | { n: number; nudges: string[] }> {
  const { id, note, actor, receivedMs, command } = about;
  await lockDesks(tx, [id]);
  const ledger = await openLedger(tx, sources, { directives: [id], desks: [id], assignments: [] });
  const directive = ledger.held.directives.get(id);
  if (!directive) return refuse('NOT_FOUND');
  const refused = refuseHandUp(directive.standing.phase, await isIssuing(tx, id));
  if (refused) return refused;
  const desk = ledger.held.desks.get(id);
  // Closed as a draft: nothing of it has gone out.
  if (!desk) return refuse('NOT_ISSUED');
  const by: By = { actor: actor.person, token: actor.token, receivedMs, command };
  const items = await figuresNow(tx, ledger, directive);
  const number = await numberOf(tx, ledger, directive, about);
  if (typeof number !== 'string') return number;
  const n = await keep(tx, ledger, desk, {
    kind: 'handed-up',
    items,
    digest: digest(items),
    number,
    note,
    by,
  });
  // The clockwork looks again, for changes that began before this is committed.
  if (!desk.ended) ledger.ask(desk.id);
  return { n, nudges: await ledger.flush(tx) };
}

/**
 * The clockwork restates, under the lock of the office's desk: hand-up n + 1 where the figures differ from hand-up n.
 * A transaction that changes a figure after a hand-up asks this desk to look. Idempotent: by the digest.
 */
export async function restateHandUp(tx: Transaction, ledger: Ledger, desk: DeskRow, by: By): Promise<void> {
  const directive = ledger.held.directives.get(desk.directive);
  if (!directive || directive.standing.handedUp === 0 || directive.standing.phase === 'cancelled') return;
  const [last] = await listHandUps(tx, desk.directive, directive.standing.handedUp + 1, 1);
  if (!last || !mayRestate(last.at.getTime(), by.receivedMs)) return;
  const items = await figuresNow(tx, ledger, directive);
  if (digest(items) === last.digest) return;
  const formOf: FormOfItem = (key) => directive.items.get(key)?.form;
  // The digest of a hand-up from before sensitive figures were masked is of the figures as they are.
  if (directive.terms.items.some(({ form }) => asksSensitive(form))) {
    const whole = await figuresNow(tx, ledger, directive, 'as they are');
    if (digest(whole) === last.digest) return;
  }
  await keep(tx, ledger, desk, {
    kind: 'restated',
    items: restated(items, maskedHeads(formOf, last.items)),
    digest: digest(items),
    number: last.number,
    note: null,
    by,
  });
}

/** The number asked for, if it is free; else the office's next free number. */
async function numberOf(
  tx: Transaction,
  { held: { directory } }: Ledger,
  { terms: { office } }: Directive,
  asked: { number: string | null; receivedMs: Millis },
): Promise<string | Refusal> {
  const year = slipYear(asked.receivedMs);
  let nth = await lockHandUpCounter(tx, office, year);
  if (asked.number !== null) {
    const params = { value: asked.number };
    return (await isHandUpNumberTaken(tx, office, asked.number))
      ? refuse('DUPLICATE', { params, errors: [{ path: 'number', code: 'DUPLICATE', params }] })
      : asked.number;
  }
  for (;;) {
    nth += 1;
    const number = handUpNumber(nameOf(directory, unitPlace(office)), year, nth);
    // An office may have written this number by hand.
    if (await isHandUpNumberTaken(tx, office, number)) continue;
    await saveHandUpCounter(tx, office, year, nth);
    return number;
  }
}

const digest = (items: readonly HandUpItem[]): string => digestOf(figuresIn(items));

/**
 * The approved figures of every item, with each task force's part of them. The superior reads no sensitive value, so a
 * hand-up keeps none, and neither does its digest tell one by being tried out.
 */
async function figuresNow(
  db: Db,
  ledger: Ledger,
  directive: Directive,
  how: 'masked' | 'as they are' = 'masked',
): Promise<HandUpItem[]> {
  const { directory } = ledger.held;
  const { id, items } = directive.terms;
  const nodes = items.map(({ key }) => ({ directive: id, id: `${id}.${key}` }));
  const tallies = await tallyBelow(db, nodes, ledger.held.nowMs);
  const figures: HandUpItem[] = [];
  for (const item of items) {
    const { key, title, form } = item;
    const node = `${id}.${key}`;
    const unitName = (code: string): string => nameOfCode(directory, code);
    const { coverage, finished, children } = await summarise(
      db,
      { directive: id, node, form, unitName },
      'approved',
    );
    const partOf = (part: SummedPart): HandUpItem['children'][number] => {
      const taskForce = part.id.slice(node.length + 1);
      const name = nameOf(directory, taskForcePlace(taskForce));
      return { taskForce, name, coverage: counted(part.coverage), ...part.finished };
    };
    const at = { directive: id, node, unitName };
    const document = isDocument(item) ? await composeDocument(db, { ...at, item }, 'approved') : null;
    const final = isFinal(directive.standing.phase, tallies.get(node)?.counts);
    figures.push({
      item: key,
      title,
      final,
      coverage: counted(coverage),
      ...finished,
      children: children.map(partOf),
      ...(document === null ? {} : { document: handedUp(document) }),
    });
  }
  return how === 'masked' ? maskedHandUp((key) => directive.items.get(key)?.form, figures) : figures;
}

const counted = ({
  missing: _,
  ...coverage
}: SummedPart['coverage']): Omit<SummedPart['coverage'], 'missing'> => coverage;

const EVENTS = { 'handed-up': 'handedUp', restated: 'handUpRestated' } as const satisfies Record<
  HandUpKind,
  string
>;

/** Writes its row, its event in the office's desk and the notices to the superior's people; the caller commits. */
async function keep(
  tx: Transaction,
  ledger: Ledger,
  desk: DeskRow,
  about: {
    kind: HandUpKind;
    items: HandUpItem[];
    digest: string;
    number: string | null;
    note: string | null;
    by: By;
  },
): Promise<number> {
  const { terms, standing } = ledger.held.directiveOf(desk);
  const { kind, items, number, note, by } = about;
  const n = standing.handedUp + 1;
  const said = {
    n,
    digest: about.digest,
    ...(number === null ? {} : { number }),
    ...(note === null ? {} : { note }),
  };
  const at = ledger.appendToDesk(desk, EVENTS[kind], { ...said, items: headsOf(items) }, by);
  await insertHandUp(tx, { ...about, directive: terms.id, office: terms.office, n, by: by.actor, at });
  return n;
}
