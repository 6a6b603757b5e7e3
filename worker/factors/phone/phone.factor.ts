// The phone: a code by text or call. Owns which numbers may be registered (`phone-number.ts`). It must not know a
// provider.
import { PHONE_CODE_LENGTH } from '../one-time-code.ts';
import type { SentFactor } from '../factor.ts';

export const phone: SentFactor = {
  kind: 'phone',
  channels: { text: 'sms', call: 'tel' },
  codeLength: PHONE_CODE_LENGTH,
};
