// Sends texts and makes calls through Twilio's REST API. Owns the deadlines and the outcomes. It must not log: numbers and
// codes go through here.
import type { PhoneConfig } from '../../config.ts';
import type { SendOutcome } from '../../ports/mailer.ts';
import type { PhonePort } from '../../ports/phone.ts';
import { withDeadline } from '../deadline.ts';
import { readRetryAfter } from '../retry-after.ts';
import { readTwilioCallback } from './callback.ts';
import { greetingTwiml, speechTwiml } from './twiml.ts';
import { troubleOf } from './trouble.ts';

export interface TwilioPhoneOptions extends Omit<PhoneConfig, 'countries'> {
  readonly deadlineMs?: number;
  /** For the question about the SIM, after which the text itself is still to be sent. */
  readonly lookupDeadlineMs?: number;
}

/** Down, slow, or an answer that is none. Twilio knows no idempotency keys: another try may be a second text. */
const FAILED_FOR_NOW: SendOutcome = { status: 'failed', retry: true };

/**
 * Makes the phone port. Whatever goes wrong, and a deadline of 2.5 s, is `failed`: the check of the number before takes 1 s at most, so
 * that a screen can tell within 5 s (S72).
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource
 * @see https://www.twilio.com/docs/voice/api/call-resource
 */
export function createTwilioPhone({
  accountSid,
  authToken,
  from,
  messagingServiceSid,
  baseUrl = 'https://api.twilio.com',
  lookupsBaseUrl = 'https://lookups.twilio.com',
  simSwap,
  deadlineMs = 2500,
  lookupDeadlineMs = 1000,
}: TwilioPhoneOptions): PhonePort {
  const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
  const post = (resource: string, form: readonly (readonly [string, string])[]): Promise<SendOutcome> =>
    withDeadline(deadlineMs, FAILED_FOR_NOW, async (signal) =>
      outcomeOf(
        await fetch(`${baseUrl}/2010-04-01/Accounts/${accountSid}/${resource}.json`, {
          method: 'POST',
          headers: { authorization },
          body: new URLSearchParams(form.map(([name, value]) => [name, value])),
          redirect: 'manual',
          signal,
        }),
      ),
    );
  return {
    sendText: ({ to, body, statusUrl }) =>
      post('Messages', [
        ['To', to],
        messagingServiceSid === undefined ? ['From', from] : ['MessagingServiceSid', messagingServiceSid],
        ['Body', body],
        ['StatusCallback', statusUrl],
      ]),
    startCall: ({ to, language, greeting, speakUrl, statusUrl }) =>
      post('Calls', [
        ['To', to],
        ['From', from],
        ['Twiml', greetingTwiml(greeting, language, speakUrl)],
        ['StatusCallback', statusUrl],
        ['StatusCallbackEvent', 'answered'],
        ['StatusCallbackEvent', 'completed'],
      ]),
    checkNumber: (to) =>
      !simSwap
        ? Promise.resolve('unknown')
        : withDeadline(lookupDeadlineMs, 'unknown', async (signal) => {
            const address = `${lookupsBaseUrl}/v2/PhoneNumbers/${encodeURIComponent(to)}?Fields=sim_swap`;
            const answer = await fetch(address, { headers: { authorization }, redirect: 'manual', signal });
            return answer.ok ? swapOf(await answer.json()) : 'unknown';
          }),
    readCallback: (request, url) => readTwilioCallback(authToken, request, url),
    speak: ({ language, lines }) =>
      new Response(speechTwiml(lines, language), {
        headers: { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'no-store' },
      }),
  };
}

async function outcomeOf(answer: Response): Promise<SendOutcome> {
  if (answer.status === 429) {
    await answer.body?.cancel();
    return { status: 'busy', ...readRetryAfter(answer.headers.get('retry-after')) };
  }
  // A redirection would take the number elsewhere; some runtimes give it as 0.
  if (answer.status >= 500 || (answer.status < 400 && !answer.ok)) {
    await answer.body?.cancel();
    return FAILED_FOR_NOW;
  }
  const { sid, code } = fieldsOf(await answer.json().catch(() => undefined));
  // A token that was changed is the operator's to mend, and the message is not to blame.
  if (answer.status === 401 || answer.status === 403) return FAILED_FOR_NOW;
  if (!answer.ok) return { status: 'failed', retry: false, ...troubleOf(code) };
  return typeof sid === 'string' ? { status: 'accepted', providerId: sid } : FAILED_FOR_NOW;
}

/** @see https://www.twilio.com/docs/lookup/v2-api/sim-swap */
function swapOf(answer: unknown): 'ok' | 'swapped' | 'unknown' {
  const { last_sim_swap: last } = fieldsOf(fieldsOf(answer)['sim_swap']);
  const swapped = fieldsOf(last)['swapped_in_period'];
  if (typeof swapped !== 'boolean') return 'unknown';
  return swapped ? 'swapped' : 'ok';
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
