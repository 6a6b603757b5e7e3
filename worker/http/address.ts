/** A client's address, and what limits count it by: an IPv4 address, or the /64 of an IPv6 one (S76). */
export interface ClientAddress {
  readonly address: string;
  readonly addressGroup: string;
}

/** All that the platform gives no usable address for share one group, so that they can't slip past a limit. */
const UNKNOWN: ClientAddress = { address: 'unknown', addressGroup: 'unknown' };

/**
 * Parses an address as the platform gives it: IPv4, IPv6 in any spelling (brackets and zone are dropped), or IPv4 mapped
 * into IPv6, which becomes IPv4 so that it is no second identity.
 */
export function parseAddress(text: string | undefined): ClientAddress {
  const plain = (text ?? '')
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '');
  const ipv4 = parseIpv4(plain);
  if (ipv4) return sameForBoth(ipv4.join('.'));
  const groups = parseIpv6(plain);
  if (!groups) return UNKNOWN;
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return sameForBoth([high >> 8, high & 255, low >> 8, low & 255].join('.'));
  }
  const hex = groups.map((group) => group.toString(16));
  return { address: hex.join(':'), addressGroup: `${hex.slice(0, 4).join(':')}::/64` };
}

function sameForBoth(address: string): ClientAddress {
  return { address, addressGroup: address };
}

function parseIpv4(text: string): number[] | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseIpv6(text: string): number[] | undefined {
  // A tail in IPv4 form stands for the last two groups.
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const ipv4 = tail?.[2] === undefined ? undefined : parseIpv4(tail[2]);
  if (tail && !ipv4) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = ipv4 ?? [];
  const whole = tail?.[1] ? `${tail[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}` : text;
  const halves = whole.split('::');
  if (halves.length > 2) return undefined;
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!left) return undefined;
  const missing = 8 - left.length - (right?.length ?? 0);
  if (right ? missing < 1 : missing !== 0) return undefined;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...(right ?? [])];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined;
}
