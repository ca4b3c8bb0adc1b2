import { BlockList, isIP } from "node:net";

/** IANA's special-purpose registries (RFC 6890): everything that is not the public internet. Of IPv6 only 2000::/3 is. */
const inside: readonly (readonly [network: string, prefix: number, family: "ipv4" | "ipv6"])[] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"], // carrier-grade NAT
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"], // link-local, and where clouds keep their metadata
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.0.2.0", 24, "ipv4"],
  ["192.88.99.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["198.51.100.0", 24, "ipv4"],
  ["203.0.113.0", 24, "ipv4"],
  ["224.0.0.0", 3, "ipv4"], // multicast, reserved, broadcast
  ["::", 3, "ipv6"], // unspecified, loopback, v4-mapped, NAT64
  ["2001::", 23, "ipv6"], // Teredo and other protocols
  ["2001:db8::", 32, "ipv6"],
  ["2002::", 16, "ipv6"], // 6to4 carries any IPv4 address
  ["3fff::", 20, "ipv6"],
  ["4000::", 2, "ipv6"],
  ["8000::", 1, "ipv6"], // unique local, link-local, multicast
];

const family = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

/** One list per family: a BlockList holds IPv4 addresses against IPv6 networks, too, as v4-mapped ones. */
function within(networks: typeof inside): (address: string) => boolean {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const network of networks) lists[network[2]].addSubnet(...network);
  return (address) => lists[family(address)].check(address, family(address));
}

const isInside = within(inside);

export function isPublic(address: string): boolean {
  return isIP(address) !== 0 && !isInside(address);
}

export function isLoopback(address: string): boolean {
  return address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
}
