// Writes api/openapi.json, the contract as published, without a database: `npm run generate`.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../contract/openapi.ts';
import { CONTRACT_VERSION } from './routes/operations/docs.ts';

const FILE = path.join(import.meta.dirname, 'openapi.json');
writeFileSync(FILE, `${JSON.stringify(openApiDocument(CONTRACT_VERSION), null, 2)}\n`);
