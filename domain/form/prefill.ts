// What may be taken over from before: the last approved value of a field, while it is fresh and the form still takes it.
import type { Field, Form } from './field.ts';
import type { CompiledForm } from './form.ts';
import { takeInReport } from './intake.ts';
import { DAY_MS, toIso, type Millis } from '../instant.ts';
import type { Json, Row } from './value.ts';

/** As the record has it; of the value only its field's key and type are known. */
export type LastApproved = { key: string; value: unknown; at: Millis; assignment: string };

/** A value that may be taken over, when it was reported, and in which assignment. */
export type Offer = { value: Json | Row[]; at: string; assignment: string };
export type Prefill = Record<string, Offer>;

/** A file stays with its own assignment and that assignment's readers: it is uploaded anew, never carried. */
const isOffered = ({ freshDays, type }: Field): boolean => freshDays !== undefined && type !== 'file';

/** The fields whose last approved value is worth looking up. */
export const offeredFields = (form: Form): Field[] => form.fields.filter(isOffered);

/** An empty value, or one the present form would refuse, is not offered: it could not be handed in. */
export function offersOf(
  { form, fields }: CompiledForm,
  last: readonly LastApproved[],
  now: Millis,
): Prefill {
  const byKey = new Map(form.fields.map((field) => [field.key, field]));
  const prefill: Prefill = {};
  for (const { key, value, at, assignment } of last) {
    const [field, checked] = [byKey.get(key), fields.get(key)];
    if (!field || !checked || !isOffered(field)) continue;
    if (now - at > (field.freshDays ?? 0) * DAY_MS) continue;
    const isTable = field.type === 'table';
    const taken = takeInReport(
      new Map([[key, checked]]),
      isTable ? {} : { [key]: value },
      isTable ? { [key]: value } : {},
      true,
    );
    const kept = isTable ? (taken.rows[key] ?? []) : taken.values[key];
    const isEmpty = kept === undefined || (isTable && (kept as Row[]).length === 0);
    if (taken.faults.length === 0 && !isEmpty) prefill[key] = { value: kept, at: toIso(at), assignment };
  }
  return prefill;
}
