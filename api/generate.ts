// Writes what is published of the code, without a database: api/openapi.json and the table of access (`npm run generate`).
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { callKey, ruleOfCall } from '../contract/access.ts';
import { CALLS } from '../contract/calls.ts';
import { accessPage, type AccessPage } from '../domain/access/access-page.ts';
import { FACET_TABLE } from '../domain/access/call-table.ts';
import { openApiDocument } from '../contract/openapi.ts';
import { CONTRACT_VERSION } from './routes/operations/docs.ts';

const ROOT = path.dirname(import.meta.dirname);
const write = (file: string, text: string): void => {
  writeFileSync(path.join(ROOT, file), text);
};

write('api/openapi.json', `${JSON.stringify(openApiDocument(CONTRACT_VERSION), null, 2)}\n`);

const access: AccessPage = {
  rows: CALLS.map((call) => ({ call: callKey(call), rule: ruleOfCall(call) })),
  facets: Object.values(FACET_TABLE),
};
write('docs/access.md', accessPage(access, 'en'));
write('docs/access.zh.md', accessPage(access, 'zh'));
