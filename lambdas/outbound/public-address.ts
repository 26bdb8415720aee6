import { BlockList, isIP } from 'node:net';

/** IPv4 addresses that are not somebody's on the internet (IANA special-purpose registry), and multicast. */
const special = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(net, prefix, 'ipv4');
}

/** The IPv6 addresses that are assigned to anybody at all: those that hold IPv4 addresses in other ways are outside of it. */
const assigned = new BlockList();
assigned.addSubnet('2000::', 3, 'ipv6');

/** Within them: Teredo and other protocol assignments, documentation, 6to4, and segment routing. */
const specialAssigned = new BlockList();
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const) {
  specialAssigned.addSubnet(net, prefix, 'ipv6');
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** True for an address of this machine itself. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** True for an address, as text without brackets, that anybody on the internet may have; false for any other text. */
export function isPublicAddress(address: string): boolean {
  // A zone index names an interface of this machine.
  if (address.includes('%')) return false;
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4');
    case 6:
      return assigned.check(address, 'ipv6') && !specialAssigned.check(address, 'ipv6');
    default:
      return false;
  }
}
