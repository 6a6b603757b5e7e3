// The test vectors of RFC 4226 and RFC 6238, as the standards print them.

/** The seed of both: the ASCII digits 1 to 9 and 0, twice; here in hex. */
export const TOTP_SEED = '3132333435363738393031323334353637383930';

/** RFC 4226 appendix D: codes of the counters 0 to 9. */
export const HOTP_VECTORS: readonly string[] = [
  '755224',
  '287082',
  '359152',
  '969429',
  '338314',
  '254676',
  '287922',
  '162583',
  '399871',
  '520489',
];

/** RFC 6238 appendix B prints eight digits; a code of six digits is the last six of them (RFC 4226 section 5.3). */
export const TOTP_VECTORS: readonly { readonly time: number; readonly code: string }[] = [
  { time: 59, printed: '94287082' },
  { time: 1_111_111_109, printed: '07081804' },
  { time: 1_111_111_111, printed: '14050471' },
  { time: 1_234_567_890, printed: '89005924' },
  { time: 2_000_000_000, printed: '69279037' },
  { time: 20_000_000_000, printed: '65353130' },
].map(({ time, printed }) => ({ time, code: printed.slice(2) }));
