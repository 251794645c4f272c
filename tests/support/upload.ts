// Uploads a file as one person of a test installation, and downloads it again.
import type { TestApi } from './api.ts';
import { demandContract } from './contract-check.ts';
import { tokenOf } from './small-record.ts';

export type Uploaded = { id: string; name: string; size: number; sha256: string; mediaType: string };

const answered = ({ status, headers }: Response): { status: number; headers: Headers } => ({
  status,
  headers,
});

export async function uploadAs(
  api: TestApi,
  person: string,
  content: string | Uint8Array<ArrayBuffer>,
  name: string,
): Promise<Uploaded> {
  const body = new FormData();
  body.append('file', new Blob([content]), name);
  const headers = { authorization: `Bearer ${await tokenOf(api, person)}` };
  const response = await fetch(`${api.url}/api/v1/files`, { method: 'POST', body, headers });
  if (response.status !== 201) throw new Error(`${name} was not taken: ${response.status}`);
  const uploaded = (await response.json()) as Uploaded;
  demandContract('POST', '/api/v1/files', { ...answered(response), body: uploaded });
  return uploaded;
}

/** Any download below /api/v1: its status, its headers and its bytes. */
export async function fetchAs(
  api: TestApi,
  person: string,
  path: string,
): Promise<{ status: number; headers: Headers; bytes: Uint8Array }> {
  const headers = { authorization: `Bearer ${await tokenOf(api, person)}` };
  const response = await fetch(`${api.url}/api/v1${path}`, { headers });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? '';
  const body = /\bjson\b/.test(type) ? (JSON.parse(Buffer.from(bytes).toString()) as unknown) : null;
  demandContract('GET', `/api/v1${path}`, { ...answered(response), body });
  return { ...answered(response), bytes };
}
