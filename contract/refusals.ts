// With which statuses a call can be refused, as the contract publishes them; 500 is nowhere: no call promises a fault of ours.
import { pathNamesOf, type ApiCall } from './call.ts';

/** The request itself is malformed, its head is too long, it comes too slowly, or the installation is away for a moment. */
const ALWAYS = [400, 408, 431, 503];
/** Who asks is not known, may not, or asks too often. */
const BY_PERSON = [401, 403, 429];
/** What is sent is too large, of the wrong kind, or not to be taken. */
const BY_BODY = [413, 415, 422];
/** What is changed has moved on or does not allow it; a list of commands is judged one by one. */
const BY_STATE = [409, 412, 422];
/** What is read of a whole tree can be too much to make, or not there yet. */
const BY_SIZE = [409, 413, 422];
const WIDE_READS = /^\/(?:assignments|directives|figures|slips|calendars)\b/;
/** A one-time link can be of somebody else, unknown, used or spent by its age. */
const BY_LINK = [403, 404, 409, 410, 429];

export function refusalStatusesOf(call: ApiCall): number[] {
  const { method, path, open = false, at } = call;
  const isRead = method === 'get';
  const statuses = [
    ...ALWAYS,
    ...(open && at === 'root' ? [] : BY_PERSON),
    ...(pathNamesOf(path).length > 0 ? [404] : []),
    ...(path.includes('{token}') ? BY_LINK : []),
    ...(isRead ? [] : [...BY_BODY, ...BY_STATE, 404]),
    ...(isRead && WIDE_READS.test(path) ? BY_SIZE : []),
    ...(call.refusals ?? []),
  ];
  return [...new Set(statuses)].sort((a, b) => a - b);
}
