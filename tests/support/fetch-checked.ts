// `fetch` for our own API, where a test needs the raw response: uploads, files, pages, streams. The contract holds here too.
import { callAt } from '../../contract/call-at.ts';
import { demandContract } from './contract-check.ts';

export async function fetchChecked(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, init);
  const { method = 'GET' } = init;
  // No calls of the contract: a HEAD answers as its GET, without what could be checked, an OPTIONS with headers alone.
  if (method === 'HEAD' || method === 'OPTIONS') return response;
  const { pathname } = new URL(url);
  // Beside the API there are the page and its files, which are no calls.
  if (!pathname.startsWith('/api/') && callAt(method, pathname) === null) return response;
  const { status, headers } = response;
  const isJson = /\bjson\b/.test(headers.get('content-type') ?? '');
  const body: unknown = isJson ? await response.clone().json() : null;
  demandContract(method, pathname, { status, headers, body });
  return response;
}
