import { BlockList, isIP } from 'node:net';

/**
 * Addresses that are no place on the public internet: this machine, private and shared networks, links, groups, documentation, and the
 * IPv6 forms that carry an IPv4 address past such a list. Sources: the IANA registries of special-purpose addresses (RFC 6890 and what
 * updates it); 168.63.129.16 is Azure's own server towards its machines, the other clouds' metadata lie in ranges that are here anyway.
 */
const ranges: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['168.63.129.16', 32, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
];

/** All that is global unicast in IPv6 lies in 2000::/3; the rest is refused whole. */
const globalUnicast = { network: '2000::', prefix: 3 };
const withinGlobal: readonly (readonly [network: string, prefix: number])[] = [
  // Teredo, benchmarking, ORCHID, documentation, 6to4: protocol assignments, and tunnels that end at an IPv4 address.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const blocked = new BlockList();
for (const [network, prefix, family] of ranges) blocked.addSubnet(network, prefix, family);
for (const [network, prefix] of withinGlobal) blocked.addSubnet(network, prefix, 'ipv6');
const global = new BlockList();
global.addSubnet(globalUnicast.network, globalUnicast.prefix, 'ipv6');

/** Whether an IP address is none of the public internet. What is no address at all is none either. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  // A zone ("%eth0") belongs to an address of a link.
  if (family === 0 || address.includes('%')) return true;
  if (family === 4) return blocked.check(address, 'ipv4');
  return !global.check(address, 'ipv6') || blocked.check(address, 'ipv6');
}
