import type { PhoneNumberRefusal } from '../factors/phone/phone-number.ts';

const MESSAGES: Readonly<Record<PhoneNumberRefusal, string>> = {
  not_a_number: 'This is no complete phone number.',
  country: 'Numbers of this country are not accepted here.',
  kind: 'Only a mobile phone or a landline can be used: no premium, shared-cost or internet numbers.',
  landline: 'A landline takes no texts. Choose a call.',
};

/** Says why a number can't be used: `field` names the reason for screens. */
export function phoneRefusal(why: PhoneNumberRefusal): {
  readonly errors: readonly { readonly field: string; readonly message: string }[];
} {
  return { errors: [{ field: why, message: MESSAGES[why] }] };
}
