// The mailbox of the account: a code by mail. It has no secret and no destination of its own; the account's proven
// address is where codes go. It must not know how mail is sent.
import { MAIL_CODE_LENGTH } from '../one-time-code.ts';
import type { SentFactor } from '../factor.ts';

export const email: SentFactor = {
  kind: 'email',
  channels: { mail: 'email' },
  codeLength: MAIL_CODE_LENGTH,
};
