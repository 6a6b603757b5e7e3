import type { DestinationTrouble } from '../../ports/mailer.ts';

/** The phone, its owner or its carrier refuses us. */
const BLOCKED = [
  21216, // This account may not call the number.
  21610, // The person texted STOP.
  30004, // Message blocked: by the phone, or the number takes none.
  30007, // Filtered by the carrier or by Twilio.
];

/** No such number, switched off, of a kind that takes no texts, or there is no way there. */
const UNREACHABLE = [
  13223, // Call: the number has an invalid format.
  13224, // Call: not supported or invalid number.
  13225, // Call: forbidden number.
  13227, // Call: no permission for this country at Twilio.
  21211, // Invalid 'To' number.
  21214, // 'To' number cannot be reached.
  21215, // Call: no permission for this country at Twilio.
  21217, // The number does not appear to be valid.
  21219, // A trial account, and the number is not verified.
  21265, // 'To' is a short code.
  21408, // Text: no permission for this country at Twilio.
  21608, // A trial account, and the number is not verified.
  21612, // No route between 'From' and 'To'.
  21614, // 'To' is no mobile number.
  21635, // 'To' is a landline.
  30003, // Handset switched off or out of reach.
  30005, // Unknown handset.
  30006, // Landline, or carrier out of reach.
];

const BY_CODE: ReadonlyMap<number, DestinationTrouble> = new Map([
  ...BLOCKED.map((code) => [code, 'blocked'] as const),
  ...UNREACHABLE.map((code) => [code, 'unreachable'] as const),
]);

/**
 * Names the trouble with a destination that an error code tells of. Twilio asks not to rely on codes, so that an unknown
 * one is simply a failure.
 * @see https://www.twilio.com/docs/api/errors
 */
export function troubleOf(code: unknown): { trouble?: DestinationTrouble } {
  const trouble = BY_CODE.get(Number(code));
  return trouble === undefined ? {} : { trouble };
}
