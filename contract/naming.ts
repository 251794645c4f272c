// The names of schemas in the published contract.
import { z } from 'zod';

/** Name by schema; the contract is published from it. */
export const publishedNames = z.registry<{ id: string }>();

/** Gives a schema its name in the published contract. */
export function published<S extends z.ZodType>(id: string, schema: S): S {
  if (!publishedNames.has(schema)) publishedNames.add(schema, { id });
  return schema;
}

/** `submitted` as `Submitted`, for a schema named by its type. */
export const titledName = (type: string): string => type.charAt(0).toUpperCase() + type.slice(1);

/** As a union takes its options: one at least. */
export const someOptions = <T>(all: readonly T[]): [T, ...T[]] => all as [T, ...T[]];
