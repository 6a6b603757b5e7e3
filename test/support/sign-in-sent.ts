// The codes that a sign-in had sent: found by the reference that the screen shows, as a careful person finds them.
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { digitsIn } from '../flow/factors.ts';
import { twilioSignature } from '../world/outbox/callbacks.ts';
import { parseTwiml } from '../world/outbox/twiml.ts';
import type { InProcessService } from './in-process.ts';

/** Stands for the mailbox before it is a factor. */
export const MAILBOX = 'mailbox';

interface Shown {
  /** The factor that it is for. */
  readonly owner: string;
  readonly channel: 'mail' | 'text' | 'call';
  readonly reference: string;
}

export interface SentTo extends Shown {
  readonly code: string;
  /** The sign-in that had it sent. */
  readonly api: string;
}

/** Gives the references that a view shows. */
export function referencesIn(view: InteractionView): readonly Shown[] {
  if (view.step === 'confirm_address')
    return view.reference === undefined
      ? []
      : [{ owner: MAILBOX, channel: 'mail', reference: view.reference }];
  const factors =
    view.step === 'challenge'
      ? view.factors
      : view.step === 'enrollment' && view.pending && view.pending.kind !== 'totp'
        ? [view.pending]
        : [];
  return factors.flatMap(({ enrollmentId, sent }) =>
    sent ? [{ owner: enrollmentId, channel: sent.channel, reference: sent.reference }] : [],
  );
}

/** Gives the code that came with a reference; undefined while it has not come. A call is answered for it. */
export async function findSentCode(
  service: InProcessService,
  { channel, reference }: Shown,
  { email, number }: { readonly email: string; readonly number: string | undefined },
): Promise<string | undefined> {
  const shown = new RegExp(`[Rr]eference:? ${reference}\\b`);
  if (channel === 'mail') {
    const mail = service.mails.findLast(({ to, text }) => to === email && shown.test(text));
    return /(?<!\d)(\d{8})(?!\d)/.exec(mail?.text ?? '')?.[1];
  }
  if (channel === 'text') {
    const text = service.texts.findLast(({ to, body }) => to === number && shown.test(body));
    return /#(\d{6})\s*$/.exec(text?.body ?? '')?.[1];
  }
  const call = service.calls.findLast(({ to }) => to === number);
  if (!call) return undefined;
  const form = { CallStatus: 'in-progress', Digits: '1', To: call.to };
  const { pathname } = new URL(call.speakUrl);
  const answer = await fetch(service.operator.url + pathname, {
    method: 'POST',
    headers: { 'x-twilio-signature': twilioSignature(service.identity.twilioAuthToken, call.speakUrl, form) },
    body: new URLSearchParams(form),
  });
  const speech = parseTwiml(await answer.text());
  // The words hold the reference too: a call that was replaced is no more answered.
  return typeof speech === 'string' ? undefined : digitsIn(speech.lines) || undefined;
}
