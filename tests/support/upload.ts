// A file uploaded by one person of a test installation, and fetched again.
import type { TestApi } from './api.ts';
import { tokenOf } from './small-record.ts';

export type Uploaded = { id: string; name: string; size: number; sha256: string; mediaType: string };

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
  return (await response.json()) as Uploaded;
}

/** Any download below /api/v1: its status, its headers and its bytes. */
export async function fetchAs(
  api: TestApi,
  person: string,
  path: string,
): Promise<{ status: number; headers: Headers; bytes: Uint8Array }> {
  const headers = { authorization: `Bearer ${await tokenOf(api, person)}` };
  const response = await fetch(`${api.url}/api/v1${path}`, { headers });
  return {
    status: response.status,
    headers: response.headers,
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}
