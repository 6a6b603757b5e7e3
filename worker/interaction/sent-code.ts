// A code that is about to be sent: made here, kept by the store as a keyed hash, and carried by a sealed message.
import type { RequestContext } from '../http/request-context.ts';
import type { Service } from '../http/service.ts';
import type { Channel } from '../factors/factor.ts';
import {
  CODE_SECONDS,
  MAIL_CODE_LENGTH,
  makeOneTimeCode,
  makeReference,
  PHONE_CODE_LENGTH,
} from '../factors/one-time-code.ts';
import type { SentCodeArgs } from '../factors/sent-code.lua.ts';
import { circumstancesOf, sealMessage } from '../jobs/message.ts';
import type { CodePurpose } from '../messages/content.ts';
import { hashSecret, makeSecret } from '../session/session.ts';

export interface CodeRequest {
  /** What the code is bound to (S12): an interaction's id or a session's key. The record's key says what it proves. */
  readonly owner: string;
  readonly purpose: CodePurpose;
  readonly channel: Channel;
}

/** Makes a code with its message. The code itself is in no answer: it leaves only in the message. */
export async function makeSentCode(
  service: Service,
  request: RequestContext,
  code: CodeRequest,
): Promise<SentCodeArgs> {
  const { random } = service.ports;
  const oneTimeCode = makeOneTimeCode(random, code.channel === 'mail' ? MAIL_CODE_LENGTH : PHONE_CODE_LENGTH);
  const reference = makeReference(random);
  const expiresAt = request.now + CODE_SECONDS;
  const token = code.channel === 'mail' ? makeSecret(random) : undefined;
  const message = await sealMessage(
    service,
    request,
    {
      template: 'code',
      purpose: code.purpose,
      oneTimeCode,
      reference,
      circumstances: circumstancesOf(request, service.config.serviceName),
      ...(token === undefined ? {} : { notMePath: `/not-me#${token}` }),
    },
    expiresAt,
  );
  return {
    mac: await macOfCode(service, code.owner, oneTimeCode),
    expiresAt,
    reference,
    addressGroup: request.addressGroup,
    message,
    ...(token === undefined ? {} : { notMe: await hashSecret(token) }),
  };
}

/** Gives the keyed hash of a code, good for this owner alone. */
export function macOfCode(service: Service, owner: string, oneTimeCode: string): Promise<string> {
  return service.ports.vault.mac('one-time-code', JSON.stringify([owner, oneTimeCode]));
}
