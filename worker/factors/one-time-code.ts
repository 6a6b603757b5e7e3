import type { RandomPort } from '../ports/random.ts';

/** A code by mail has 8 digits: it lives longer on its way than one by text (S08). */
export const MAIL_CODE_LENGTH = 8;

/** A code by text or call (S08). */
export const PHONE_CODE_LENGTH = 6;

/** Seconds that a code which was sent is good for (S09). */
export const CODE_SECONDS = 300;

/** Makes a code of random decimal digits, each value as likely as any other. It is text: leading zeros count (S08). */
export function makeOneTimeCode(random: RandomPort, length: number): string {
  const range = 10 ** length;
  const fair = Math.floor(0x1_0000_0000 / range) * range;
  for (;;) {
    const value = new DataView(random.bytes(4).buffer).getUint32(0);
    if (value < fair) return String(value % range).padStart(length, '0');
  }
}

/** Without letters that are read wrongly; 20 of them make an even draw from a byte below 240. */
const REFERENCE_LETTERS = 'ABCDEFGHJKLMNPRSTWXY';

/** Long enough that two messages which somebody gets in a row hardly ever have the same. */
const REFERENCE_LENGTH = 4;

/** Makes the short reference that a message and a screen share (S11). It is no secret. */
export function makeReference(random: RandomPort): string {
  let reference = '';
  while (reference.length < REFERENCE_LENGTH) {
    const [byte = 255] = random.bytes(1);
    if (byte < 240) reference += REFERENCE_LETTERS.charAt(byte % REFERENCE_LETTERS.length);
  }
  return reference;
}
