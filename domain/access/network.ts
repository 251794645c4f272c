// The network an address belongs to, as far as tries are counted by it: an IPv4 address, or the /64 of an IPv6 one.

const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
const GROUPS = 8;
const NETWORK_GROUPS = 4;

/** `::ffff:10.0.0.1` is 10.0.0.1, as a socket of both families writes it. */
export const plainAddress = (address: string): string => MAPPED.exec(address)?.[1] ?? address;

/**
 * One line or one house has a whole /64, and its owner may take another address of it for every try: its first 64
 * bits are counted together. A zone (`%eth0`) is left out.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (!plain.includes(':')) return plain;
  const [before = '', after] = (plain.split('%', 1)[0] ?? '').toLowerCase().split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : Math.max(0, GROUPS - head.length - tail.length);
  const groups = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail];
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
