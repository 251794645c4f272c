// The contract as OpenAPI 3.1, made from the very schemas that parse the requests.
import { z } from 'zod';
import { FAILURES, type FailureCode } from '../domain/failure.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One call, as a route file describes it beside its handler. */
export type Call = {
  method: Method;
  /** Below /api/v1, with `{id}` for what varies; `at: 'root'` for the rest. */
  path: string;
  at?: 'root';
  tag: string;
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** For bodies that are not JSON. */
  bodyType?: string;
  status?: number;
  answer?: z.ZodType;
  answerType?: string;
  /** Without a bearer token. */
  open?: true;
  /** Takes an Idempotency-Key; so do all POSTs unless `false`. */
  once?: boolean;
};

const schemas = z.registry<{ id: string }>();
const calls: Call[] = [];

/** Gives a schema its name in the published contract. */
export function named<S extends z.ZodType>(id: string, schema: S): S {
  if (!schemas.has(schema)) schemas.add(schema, { id });
  return schema;
}

export const describe = (call: Call): void => {
  calls.push(call);
};

/** The answer of a list. */
export const pageSchema = (item: z.ZodType): z.ZodObject =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

const Problem = named(
  'Problem',
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(FAILURES) as FailureCode[]),
    requestId: z.string(),
    errors: z
      .array(
        z.object({
          path: z.string(),
          code: z.string(),
          message: z.string(),
          fields: z.array(z.string()).optional(),
        }),
      )
      .optional(),
  }),
);

type Json = Record<string, unknown>;

const SHARED = '__shared';

/** JSON Schema 2020-12 is the dialect of OpenAPI 3.1; transforms show what goes in. */
const options = {
  io: 'input' as const,
  unrepresentable: 'any' as const,
  // A format says it shorter than zod's pattern of leap years; a number in a query is a pattern only to the parser.
  override: ({ jsonSchema }: { jsonSchema: Json }): void => {
    if (jsonSchema['format'] !== undefined || jsonSchema['type'] === 'integer') delete jsonSchema['pattern'];
  },
};

/** Registers a nameless schema under a name made from its call, so that all of them are converted together. */
function refTo(schema: z.ZodType, fallback: string): Json {
  if (!schemas.has(schema)) schemas.add(schema, { id: fallback });
  return { $ref: `#/components/schemas/${schemas.get(schema)?.id ?? fallback}` };
}

const nameFrom = (call: Call, suffix: string): string =>
  [call.method, ...call.path.split(/[^A-Za-z0-9]+/)]
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('') + suffix;

function parametersOf(call: Call): Json[] {
  const inPath = [...call.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(call.query?.shape ?? {}).map(([name, schema]) => {
    const converted = z.toJSONSchema(schema as z.ZodType, options) as Json;
    delete converted['$schema'];
    return {
      name,
      in: 'query',
      required: !(schema as z.ZodType).safeParse(undefined).success,
      schema: converted,
    };
  });
  const takesKey = call.once ?? (call.method === 'post' && call.open !== true);
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', maxLength: 200 },
  };
  return [...inPath, ...inQuery, ...(takesKey ? [key] : [])];
}

function operationOf(call: Call): Json {
  const status = call.status ?? (call.answer === undefined && call.answerType === undefined ? 204 : 200);
  const parameters = parametersOf(call);
  const content = (type: string, schema: z.ZodType | undefined, name: string): Json => ({
    [type]: schema === undefined ? {} : { schema: refTo(schema, name) },
  });
  const hasBody = call.body !== undefined || call.bodyType !== undefined;
  const hasAnswer = call.answer !== undefined || call.answerType !== undefined;
  return {
    tags: [call.tag],
    summary: call.summary,
    operationId: nameFrom(call, ''),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody
      ? {
          requestBody: {
            content: content(call.bodyType ?? 'application/json', call.body, nameFrom(call, 'Body')),
          },
        }
      : {}),
    responses: {
      [status]: {
        description: call.summary,
        ...(hasAnswer
          ? { content: content(call.answerType ?? 'application/json', call.answer, nameFrom(call, 'Answer')) }
          : {}),
      },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    ...(call.open ? { security: [] } : {}),
  };
}

/** Schemas that zod shares among several, which it would put into a document of their own. */
function liftShared(all: Record<string, Json>): Record<string, Json> {
  const { [SHARED]: shared, ...rest } = all;
  const lifted = { ...rest, ...((shared?.['$defs'] ?? {}) as Record<string, Json>) };
  return JSON.parse(
    JSON.stringify(lifted).replaceAll(`#/components/schemas/${SHARED}#/$defs/`, '#/components/schemas/'),
  ) as Record<string, Json>;
}

export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const call of calls) {
    const path = call.at === 'root' ? call.path : `/api/v1${call.path}`;
    paths[path] = { ...paths[path], [call.method]: operationOf(call) };
  }
  // After the paths: they register what has no name of its own.
  const converted = z.toJSONSchema(schemas, { ...options, uri: (id) => `#/components/schemas/${id}` });
  const components = liftShared(converted.schemas);
  for (const schema of Object.values(components)) {
    delete schema['$schema'];
    delete schema['$id'];
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zhuanban',
      version,
      description: 'Directives down a tree of work task forces, reports up.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: [...new Set(calls.map((call) => call.tag))].map((name) => ({ name })),
    paths,
    components: { schemas: components, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  };
}

export { Problem };
