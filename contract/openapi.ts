// The contract as OpenAPI 3.1, made from the very calls that are mounted.
import { z } from 'zod';
import { fullPath, isJson, pathNamesOf, type AnswerKind, type ApiCall, type EventsKind } from './call.ts';
import { CALLS } from './calls.ts';
import { published, publishedNames } from './naming.ts';
import { ProblemAnswer } from './problem.ts';
import { refusalStatusesOf } from './refusals.ts';

type Json = Record<string, unknown>;

const SHARED = '__shared';

/** A pair of two alike says the same as a list of two, which tools read that know nothing of places. */
function asOneKind(schema: Json): void {
  const places = schema['prefixItems'];
  if (!Array.isArray(places) || places.length === 0) return;
  const [first, ...others] = places as Json[];
  if (others.some((each) => JSON.stringify(each) !== JSON.stringify(first))) return;
  delete schema['prefixItems'];
  Object.assign(schema, { items: first, minItems: places.length, maxItems: places.length });
}

/** JSON Schema 2020-12 is the dialect of OpenAPI 3.1; transforms show their input. */
const options = {
  io: 'input' as const,
  unrepresentable: 'any' as const,
  // A format says it shorter than zod's pattern of leap years; a number in a query is a pattern only to the parser.
  override: ({ jsonSchema }: { jsonSchema: Json }): void => {
    if (jsonSchema['format'] !== undefined || jsonSchema['type'] === 'integer') delete jsonSchema['pattern'];
    asOneKind(jsonSchema);
  },
};

/** Registers a nameless schema under a name made from its call, so that all of them are converted together. */
function refTo(schema: z.ZodType, fallback: string): Json {
  return {
    $ref: `#/components/schemas/${publishedNames.get(published(fallback, schema))?.id ?? fallback}`,
  };
}

const nameFrom = (call: ApiCall, suffix: string): string =>
  [call.method, ...call.path.split(/[^A-Za-z0-9]+/)]
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('') + suffix;

function inline(schema: z.ZodType): Json {
  const converted = z.toJSONSchema(schema, options) as Json;
  delete converted['$schema'];
  return converted;
}

function parametersOf(call: ApiCall): Json[] {
  const inPath = pathNamesOf(call.path).map((name) => {
    const schema = call.params?.shape[name] as z.ZodType | undefined;
    return {
      name,
      in: 'path',
      required: true,
      schema: schema === undefined ? { type: 'string' } : inline(schema),
    };
  });
  const inQuery = Object.entries(call.query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !(schema as z.ZodType).safeParse(undefined).success,
    schema: inline(schema as z.ZodType),
  }));
  const takesKey = call.once ?? (call.method === 'post' && call.open !== true);
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', maxLength: 200 },
  };
  return [...inPath, ...inQuery, ...(takesKey ? [key] : [])];
}

/** Two events may carry the same. */
const anyOfEvents = ({ events }: EventsKind, name: string): Json => ({
  anyOf: [...new Set(Object.values(events))].map((schema) => refTo(schema, name)),
});

function contentOf(kind: AnswerKind, name: string): { content?: Json } {
  if (isJson(kind)) return { content: { 'application/json': { schema: refTo(kind, name) } } };
  switch (kind.kind) {
    case 'file':
      return { content: { [kind.mediaType]: {} } };
    case 'events':
      return { content: { 'text/event-stream': { schema: anyOfEvents(kind, name) } } };
    case 'nothing':
      return {};
  }
}

/** Each status by its own name, so that whatever else is answered is found out; a call for people refuses with a page. */
function refusalsOf(call: ApiCall): Json {
  const isPage = Object.values(call.answers).some(
    (kind) => !isJson(kind) && mediaTypeOf(kind) === 'text/html',
  );
  return Object.fromEntries(
    refusalStatusesOf(call).map((status) => [
      status,
      { $ref: `#/components/responses/${isPage ? 'RefusedWithPage' : 'Refused'}` },
    ]),
  );
}

const mediaTypeOf = (kind: Exclude<AnswerKind, z.ZodType>): string | null =>
  kind.kind === 'file' ? kind.mediaType : null;

/** What refusals share; made after the paths, as all that names a schema. */
function sharedResponses(): Json {
  const problem = { 'application/problem+json': { schema: refTo(ProblemAnswer, 'Problem') } };
  return {
    Refused: { description: 'Refused', content: problem },
    RefusedWithPage: {
      description: 'Refused, in a page or a problem',
      content: { ...problem, 'text/html': {} },
    },
  };
}

/** Where a call has more than one answer, each nameless schema is named by its status too. */
function responsesOf(call: ApiCall): Json {
  const answers = Object.entries(call.answers);
  return Object.fromEntries(
    answers.map(([status, kind], index) => [
      status,
      {
        description: call.summary,
        ...contentOf(kind, nameFrom(call, index === 0 ? 'Answer' : `Answer${status}`)),
      },
    ]),
  );
}

function operationOf(call: ApiCall): Json {
  const parameters = parametersOf(call);
  const schema = call.body === undefined ? {} : { schema: refTo(call.body, nameFrom(call, 'Body')) };
  const hasBody = call.body !== undefined || call.bodyType !== undefined;
  return {
    tags: [call.tag],
    summary: call.summary,
    operationId: nameFrom(call, ''),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody ? { requestBody: { content: { [call.bodyType ?? 'application/json']: schema } } } : {}),
    responses: { ...refusalsOf(call), ...responsesOf(call) },
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

/** A call or schema keeps its place in the document when its code moves to another file. */
const inOrder = (all: Record<string, Json>): Record<string, Json> =>
  Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));

export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const call of CALLS)
    paths[fullPath(call)] = { ...paths[fullPath(call)], [call.method]: operationOf(call) };
  const responses = sharedResponses();
  // After the paths: they register the schemas that have no name of their own.
  const converted = z.toJSONSchema(publishedNames, {
    ...options,
    uri: (id) => `#/components/schemas/${id}`,
  });
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
    security: [{ bearer: [] }, { cookie: [], csrf: [] }],
    tags: [...new Set(CALLS.map((call) => call.tag))].sort().map((name) => ({ name })),
    paths: inOrder(paths),
    components: {
      schemas: inOrder(components),
      responses,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        // Plainly `zb` over http on the machine itself.
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-zb' },
        // With requests by cookie that change something.
        csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF' },
      },
    },
  };
}
