// Which addresses a webhook or robot may reach: public ones, and those the operator has named.
import { BlockList, isIP } from 'node:net';

/**
 * Networks that are not the public internet: this machine, its neighbours, the operator's own network, the clouds'
 * metadata services, and forms of IPv6 that carry an IPv4 address inside.
 */
const NOT_PUBLIC: Readonly<Record<'ipv4' | 'ipv6', readonly string[]>> = {
  ipv4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '168.63.129.16/32', // Azure's metadata; the others' lie in link-local and shared networks.
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ],
  // All outside of 2000::/3, and of that the tunnels (Teredo, 6to4) and the examples.
  ipv6: ['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
};

const NETWORK = /^([0-9a-f.:]+)\/(\d{1,3})$/i;

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [, address = network, bits] = NETWORK.exec(network) ?? [];
    const family = familyOf(address);
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  }
  return list;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

// A list each: a BlockList compares IPv4 addresses with networks of IPv6 too, and all of them lie in ::/3.
const closed = { ipv4: listOf(NOT_PUBLIC.ipv4), ipv6: listOf(NOT_PUBLIC.ipv6) };

export type Egress = {
  /** `host` as a parsed URL has it: names in lower case, IPv4 in four decimal numbers, IPv6 in brackets. */
  allowsHost(host: string): boolean;
  /** An address a socket would connect to, of any host. */
  allowsAddress(address: string): boolean;
};

/** `allowed`: addresses, networks and host names. A named host may be reached wherever its name leads. */
export function createEgress(allowed: readonly string[]): Egress {
  const isNetwork = (text: string): boolean => isIP(text.split('/')[0] ?? '') !== 0;
  const open = listOf(allowed.filter(isNetwork));
  const hosts = new Set(allowed.filter((text) => !isNetwork(text)).map((text) => text.toLowerCase()));
  return {
    allowsHost: (host) => hosts.has(host.replace(/\.$/, '').toLowerCase()),
    allowsAddress: (address) => {
      // Without the zone, as in fe80::1%eth0.
      const bare = address.split('%')[0] ?? '';
      if (isIP(bare) === 0) return false;
      const family = familyOf(bare);
      return open.check(bare, family) || !closed[family].check(bare, family);
    },
  };
}
