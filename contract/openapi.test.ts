// Promises of the published contract.
import { describe, expect, it } from '@jest/globals';
import { openApiDocument } from './openapi.ts';

type Operation = {
  operationId: string;
  tags: string[];
  security?: unknown[];
  responses: Record<string, { content?: Record<string, { schema?: unknown }> }>;
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; responses: Record<string, unknown> };
};

const document = openApiDocument('1.2.3') as Document;
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

/** Below what a log records: figures by key, and the shapes of before. */
const isLogged = (place: string): boolean => /^(?:\w+Event|Notification)\.data\b/.test(place);

describe('openApiDocument', () => {
  it('refers to nothing that is not in it', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
    const known = new Set(
      Object.entries(document.components).flatMap(([kind, named]) =>
        Object.keys(named).map((id) => `#/components/${kind}/${id}`),
      ),
    );
    expect(refs.length).toBeGreaterThan(0);
    expect(refs.filter((ref) => ref === undefined || !known.has(ref))).toEqual([]);
  });

  it('names every operation once', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('asks for a token everywhere but to sign in and outside of the API', () => {
    const open = Object.entries(document.paths)
      .filter(
        ([path, methods]) => path.startsWith('/api/') && Object.values(methods).some((call) => call.security),
      )
      .map(([path]) => path);
    expect(open).toEqual([
      '/api/v1/session',
      '/api/v1/session/oidc',
      '/api/v1/session/oidc/callback',
      '/api/v1/session/oidc/logout',
      '/api/v1/sign-in-methods',
    ]);
  });

  it('names every status that a call refuses with: none stands for others', () => {
    const unnamed = operations.filter(({ responses }) =>
      Object.keys(responses).some((status) => !/^\d{3}$/.test(status)),
    );
    expect(unnamed).toEqual([]);
    const draft = document.paths['/api/v1/directives/{id}'];
    expect(Object.keys(draft?.['put']?.responses ?? {})).toEqual(
      expect.arrayContaining(['401', '409', '412', '428']),
    );
    expect(Object.keys(document.paths['/healthz']?.['get']?.responses ?? {})).not.toContain('401');
  });

  it('publishes a pair as two of a kind, no fewer and no more', () => {
    expect(JSON.stringify(document)).not.toContain('prefixItems');
    const time = { type: 'string' };
    expect(JSON.stringify(document)).toContain(
      JSON.stringify({ type: 'array', items: time, minItems: 2, maxItems: 2 }),
    );
  });

  it('is the same however often it is made', () => {
    expect(openApiDocument('1.2.3')).toEqual(document);
  });

  /** Places below a schema where any field, or anything at all, would pass. */
  function openPlaces(schema: unknown, at: string, seen: Set<string>): string[] {
    if (typeof schema !== 'object' || schema === null) return [];
    if (Array.isArray(schema)) return schema.flatMap((each, n) => openPlaces(each, `${at}[${n}]`, seen));
    const { $ref: ref, ...said } = schema as Record<string, unknown>;
    if (typeof ref === 'string') {
      const name = ref.slice('#/components/schemas/'.length);
      if (seen.has(name)) return [];
      seen.add(name);
      return openPlaces(document.components.schemas[name], name, seen);
    }
    const isOpen = said['properties'] !== undefined && said['additionalProperties'] === undefined;
    const properties = Object.entries((said['properties'] ?? {}) as Record<string, unknown>);
    return [
      ...(isOpen || Object.keys(said).length === 0 ? [at] : []),
      ...properties.flatMap(([name, each]) => openPlaces(each, `${at}.${name}`, seen)),
      ...['items', 'prefixItems', 'anyOf', 'oneOf', 'allOf']
        .filter((key) => said[key] !== undefined)
        .flatMap((key) => openPlaces(said[key], at, seen)),
      ...(typeof said['additionalProperties'] === 'object'
        ? openPlaces(said['additionalProperties'], `${at}.*`, seen)
        : []),
    ];
  }

  it('writes every answer out: only what logs record is left open', () => {
    const seen = new Set<string>();
    const open = operations.flatMap(({ operationId, responses }) =>
      Object.values(responses).flatMap(({ content = {} }) =>
        Object.values(content).flatMap(({ schema }) => openPlaces(schema ?? 1, operationId, seen)),
      ),
    );
    expect(open.filter((place) => !isLogged(place))).toEqual([]);
  });
});
