// Warnings before a directive goes out: its fields against the catalogue and against fields asked before.
import { findSaid, listAnswered, listKnownFields, listOwed } from '../../db/queries/asked-again.ts';
import { findElements } from '../../db/queries/element.ts';
import type { Db } from '../../db/pool.ts';
import type { Planned, PlanWarning } from '../../domain/directive/planned.ts';
import {
  findEarlier,
  isFresh,
  type AskedField,
  type AskedUnit,
  type EarlierAnswer,
  type AskedElsewhere,
} from '../../domain/form/asked-again.ts';
import { differingFields, fieldsOfOthers } from '../../domain/form/element.ts';
import { costlyRules } from '../../domain/form/rule-cost.ts';
import { DAY_MS, toIso, type Millis } from '../../domain/instant.ts';
import { nameOf, unitPlace, type Directory } from '../../domain/organisation/organisation.ts';
import type { PreparedDirective } from './directive.ts';

/** Warnings beyond these say nothing new: they are counted. */
const MAX_WARNINGS = 200;
/** Units one preview looks at, as many as it lists assignments. Beyond, it would keep its reader waiting. */
const MAX_UNITS = 2_000;

/** Fields that differ from the catalogue, figures of others, then fields that are asked again. */
export async function forewarn(
  db: Db,
  prepared: PreparedDirective,
  directory: Directory,
  now: Millis,
): Promise<PlanWarning[]> {
  const { request, plan } = prepared;
  const fields = request.items.flatMap(({ key: item, form }) =>
    (form?.fields ?? []).map(({ key, type, label, freshDays = null }): AskedField => ({
      item,
      key,
      type,
      label,
      freshDays,
    })),
  );
  if (fields.length === 0) return [];
  const { leaves, units } = placesOf(plan.roots);
  const elements = await findElements(db, keysOf(fields));
  const ofCatalogue = request.items.flatMap(({ key, form }, at): PlanWarning[] => {
    if (!form) return [];
    const place = `items[${at}].form.`;
    const asked = units.get(key) ?? new Set();
    return [
      ...costlyRules(form, place),
      ...differingFields(form, elements, place),
      ...fieldsOfOthers(form, elements, asked, place),
    ];
  });
  const looked = [...leaves.values()].slice(0, MAX_UNITS);
  const again = await askedAgain(db, prepared, { units: looked, fields, now });
  const shown = again.slice(0, MAX_WARNINGS).map(({ code, ...earlier }): PlanWarning => ({
    code,
    path: leaves.get(`${earlier.item}/${earlier.unit}`)?.path ?? '',
    params: paramsOf(earlier, prepared.office, directory),
  }));
  const more = again.length - shown.length;
  return [
    ...ofCatalogue.map((warning) => named(warning, directory)),
    ...shown,
    ...(more > 0 ? [{ code: 'ELEMENT_MORE' as const, params: { count: more } }] : []),
    ...(looked.length < leaves.size
      ? [{ code: 'ELEMENT_UNITS_CUT' as const, params: { looked: looked.length, units: leaves.size } }]
      : []),
  ];
}

type Again = EarlierAnswer<AskedElsewhere> & { code: 'ELEMENT_ALREADY_OPEN' | 'ELEMENT_STILL_FRESH' };

/** Open ones first. An answer counts if the latest report that was asked for the field has a value in it. */
async function askedAgain(
  db: Db,
  { id }: PreparedDirective,
  { now, ...asked }: { units: readonly AskedUnit[]; fields: readonly AskedField[]; now: Millis },
): Promise<Again[]> {
  const units = [...new Set(asked.units.map(({ unit }) => unit))];
  const longestDays = Math.max(0, ...asked.fields.map(({ freshDays }) => freshDays ?? 0));
  const since = toIso(now - longestDays * DAY_MS);
  const owed = await listOwed(db, units, id);
  const answered = longestDays === 0 ? [] : await listAnswered(db, units, id, since);
  const directives = new Set([...owed, ...answered].map(({ directive }) => directive));
  const known = await listKnownFields(db, [...directives], keysOf(asked.fields));
  const open = findEarlier(asked, owed, known, () => true);
  const fresh = findEarlier(asked, answered, known, (field, found) => isFresh(field, found, now));
  const reports = [...new Set(fresh.map(({ found }) => found))];
  const said = await findSaid(db, reports, keysOf(asked.fields));
  return [
    ...open.map((earlier): Again => ({ code: 'ELEMENT_ALREADY_OPEN', ...earlier })),
    ...fresh
      .filter(({ found, field }) => said.get(found.assignment)?.has(field.key) === true)
      .map((earlier): Again => ({ code: 'ELEMENT_STILL_FRESH', ...earlier })),
  ];
}

const keysOf = (fields: readonly AskedField[]): string[] => [...new Set(fields.map(({ key }) => key))];

/** Of another office's directive the warning says only the number, and it never says a figure. */
function paramsOf(
  { unit, field, found, known }: EarlierAnswer<AskedElsewhere>,
  office: string,
  directory: Directory,
): PlanWarning['params'] {
  return {
    unit,
    unitName: nameOf(directory, unitPlace(unit)),
    field: field.key,
    label: field.label,
    number: known.number,
    at: toIso(found.at),
    ...(known.office === office ? { assignment: found.assignment } : {}),
  };
}

/** The unit that owns a figure, by the name readers know it by. */
function named(warning: PlanWarning, directory: Directory): PlanWarning {
  const { source } = warning.params;
  if (typeof source !== 'string') return warning;
  return { ...warning, params: { ...warning.params, sourceName: nameOf(directory, unitPlace(source)) } };
}

type Leaf = AskedUnit & { path: string };

/** The units that fill the form in, once an item, and of each item all units it goes through. */
function placesOf(roots: readonly Planned[]): { leaves: Map<string, Leaf>; units: Map<string, Set<string>> } {
  const leaves = new Map<string, Leaf>();
  const units = new Map<string, Set<string>>();
  const walk = ({ id, item, unit, node, children }: Planned): void => {
    const known = units.get(item) ?? new Set<string>();
    units.set(item, known);
    if (unit !== null) {
      known.add(unit);
      const key = `${item}/${unit}`;
      if (!node && !leaves.has(key)) leaves.set(key, { item, unit, path: id });
    }
    children.forEach(walk);
  };
  roots.forEach(walk);
  return { leaves, units };
}
