// What a directive asks that the catalogue, or what was asked before, has something to say about: before it goes out.
import { findEarlier, type AskedField, type AskedUnit } from '../../db/queries/asked-again.ts';
import { findElements } from '../../db/queries/element.ts';
import type { Db } from '../../db/pool.ts';
import type { Planned, PlanWarning } from '../../domain/directive/plan.ts';
import { askedAgain } from '../../domain/form/asked-again.ts';
import { differingFields, fieldsOfOthers } from '../../domain/form/element.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import { nameOf, unitPlace, type Directory } from '../../domain/organisation/organisation.ts';
import type { Prepared } from '../directive/directive.ts';

/** Warnings beyond these say nothing new: they are counted. */
const MAX_WARNINGS = 200;
/** Units one preview looks at: a whole city's communities. Beyond, the preview would keep its reader waiting. */
const MAX_UNITS = 5_000;

/** In the order of the items: fields that differ from the catalogue, figures of others, then what is asked again. */
export async function forewarn(
  db: Db,
  { id, request, office, plan }: Prepared,
  directory: Directory,
  now: Millis,
): Promise<PlanWarning[]> {
  const fields = request.items.flatMap(({ key: item, form }) =>
    (form?.fields ?? []).map(({ key, type, freshDays }): AskedField => ({
      item,
      key,
      type,
      freshDays: freshDays ?? null,
    })),
  );
  if (fields.length === 0) return [];
  const { leaves, units } = placesOf(plan.roots);
  const elements = await findElements(db, [...new Set(fields.map(({ key }) => key))]);
  const ofCatalogue = request.items.flatMap(({ key, form }, at): PlanWarning[] => {
    if (!form) return [];
    const place = `items[${at}].form.`;
    const asked = units.get(key) ?? new Set();
    return [...differingFields(form, elements, place), ...fieldsOfOthers(form, elements, asked, place)];
  });
  const looked = [...leaves.values()].slice(0, MAX_UNITS);
  const { found, total } = await findEarlier(db, {
    directive: id,
    office,
    units: looked.map(({ item, unit }): AskedUnit => ({ item, unit })),
    fields,
    now: toIso(now),
    limit: MAX_WARNINGS,
  });
  const labels = new Map(
    request.items.flatMap(({ key: item, form }) =>
      (form?.fields ?? []).map(({ key, label }) => [`${item}/${key}`, label]),
    ),
  );
  const again = found.map((earlier) =>
    askedAgain(earlier, {
      pathOf: (item, unit) => leaves.get(`${item}/${unit}`)?.path ?? '',
      nameOf: (unit) => nameOf(directory, unitPlace(unit)),
      labelOf: (item, field) => labels.get(`${item}/${field}`) ?? field,
    }),
  );
  return [
    ...ofCatalogue.map((warning) => named(warning, directory)),
    ...again,
    ...(total > found.length
      ? [{ code: 'ELEMENT_MORE' as const, params: { count: total - found.length } }]
      : []),
    ...(looked.length < leaves.size
      ? [{ code: 'ELEMENT_UNITS_CUT' as const, params: { looked: looked.length, units: leaves.size } }]
      : []),
  ];
}

/** The unit that owns a figure, by the name readers know it by. */
function named(warning: PlanWarning, directory: Directory): PlanWarning {
  const { source } = warning.params;
  if (typeof source !== 'string') return warning;
  return { ...warning, params: { ...warning.params, sourceName: nameOf(directory, unitPlace(source)) } };
}

type Leaf = { item: string; unit: string; path: string };

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
