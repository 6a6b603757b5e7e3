import { base64url } from 'jose';
import type { RequestContext } from '../http/request-context.ts';
import type { Service } from '../http/service.ts';
import type { Circumstances, MessageContent, NoticeKind } from '../messages/content.ts';

/** A message that waits in the queue: its words are sealed, since some hold a code, and they die with the code. */
export interface SealedMessage {
  readonly id: string;
  readonly sealed: string;
  /** Epoch seconds after which it is not sent any more. */
  readonly expiresAt: number;
  /** What the request speaks, where the account chose no language. */
  readonly language: string;
  readonly requestId: string;
}

/** Seconds for which a notice is tried. */
const NOTICE_SECONDS = 86_400;

/** Seals what a message says until it is sent. */
export async function sealMessage(
  { ports }: Service,
  request: RequestContext,
  content: MessageContent,
  expiresAt: number,
): Promise<SealedMessage> {
  const id = base64url.encode(ports.random.bytes(16));
  const plain = new TextEncoder().encode(JSON.stringify(content));
  const sealed = await ports.vault.seal('job', id, plain);
  return { id, sealed, expiresAt, language: request.language, requestId: request.requestId };
}

/** Opens it again; `undefined` when it was changed or its key is gone. `jobId` may name one of several recipients. */
export async function openMessage(
  { ports }: Service,
  jobId: string,
  sealed: string,
): Promise<MessageContent | undefined> {
  const plain = await ports.vault.open('job', jobId.split('~')[0] ?? '', sealed);
  // Written by `sealMessage` and authenticated since.
  return plain ? (JSON.parse(new TextDecoder().decode(plain)) as MessageContent) : undefined;
}

/** Says when and where something happened. */
export function circumstancesOf(request: RequestContext, siteName: string): Circumstances {
  const { now, address, country, userAgent } = request;
  return { siteName, at: now, address, ...(country ? { country } : {}), device: userAgent };
}

/** Prepares a notice (S43). */
export function sealNotice(
  service: Service,
  request: RequestContext,
  notice: NoticeKind,
  about: { readonly siteName?: string; readonly subject?: string } = {},
): Promise<SealedMessage> {
  const { siteName = service.config.serviceName, subject } = about;
  return sealMessage(
    service,
    request,
    {
      template: 'notice',
      notice,
      circumstances: circumstancesOf(request, siteName),
      ...(subject === undefined ? {} : { subject }),
    },
    request.now + NOTICE_SECONDS,
  );
}
