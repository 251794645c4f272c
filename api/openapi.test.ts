// Promises of the published contract.
import { describe, expect, it } from '@jest/globals';
import './app.ts';
import { openApiDocument } from './openapi.ts';

type Operation = { operationId: string; tags: string[]; security?: unknown[] };
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};

const document = openApiDocument('1.2.3') as Document;
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

describe('openApiDocument', () => {
  it('refers to nothing that is not in it', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
    const known = new Set(Object.keys(document.components.schemas).map((id) => `#/components/schemas/${id}`));
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
    expect(open).toEqual(['/api/v1/session']);
  });

  it('is the same however often it is made', () => {
    expect(openApiDocument('1.2.3')).toEqual(document);
  });
});
