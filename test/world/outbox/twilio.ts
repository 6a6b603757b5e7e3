// What Twilio takes and answers: https://www.twilio.com/docs/messaging/api/message-resource,
// https://www.twilio.com/docs/voice/api/call-resource, https://www.twilio.com/docs/lookup/v2-api/sim-swap and the error
// codes of https://www.twilio.com/docs/api/errors. What it would quietly ignore is refused here.
import { randomBytes } from 'node:crypto';
import type { MessageStore } from './message-store.ts';
import type { ProviderAnswer, ProviderRequest } from './provider.ts';
import { parseTwiml } from './twiml.ts';

export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
}

export interface Twilio {
  /** Takes one text message: a form with To, From or MessagingServiceSid, and Body. */
  receiveText(request: ProviderRequest): ProviderAnswer;
  /** Takes one call: a form with To, From and the TwiML to speak. */
  receiveCall(request: ProviderRequest): ProviderAnswer;
  /** Tells whether the SIM of a number was changed a short while ago. */
  lookUp(request: ProviderRequest, number: string, fields: string | null): ProviderAnswer;
  /** From now on the number counts as one whose SIM was changed (or not any more). */
  swap(number: string, swapped: boolean): void;
  /** From now on what goes to the number is refused with this error code, 400 (or taken again). */
  refuseNumber(number: string, code: number | undefined): void;
}

const TEXT_FIELDS = ['To', 'From', 'MessagingServiceSid', 'Body', 'StatusCallback', 'ValidityPeriod'];
const CALL_FIELDS = [
  ...[
    'To',
    'From',
    'Url',
    'Twiml',
    'Method',
    'StatusCallback',
    'StatusCallbackEvent',
    'StatusCallbackMethod',
  ],
  'Timeout',
];
const CALL_EVENTS = ['initiated', 'ringing', 'answered', 'completed'];
const E164 = /^\+[1-9]\d{6,14}$/;
const LONGEST_TEXT = 1600;
const LONGEST_TWIML = 4000;
const LONGEST_URL = 4000;

/** Makes a Twilio that knows one account. */
export function createTwilio(account: TwilioAccount, store: MessageStore): Twilio {
  const swapped = new Set<string>();
  const refused = new Map<string, number>();

  const refusal = (to: string): ProviderAnswer | undefined => {
    const code = refused.get(to);
    return code === undefined ? undefined : refuse(400, code, 'Refused by a test');
  };

  return {
    receiveText: (request) => {
      const read = readForm(request, account, TEXT_FIELDS);
      if (!read.form) return read.refusal;
      const {
        To: to,
        From: from,
        MessagingServiceSid: service,
        Body: body,
        StatusCallback: statusUrl,
      } = read.form;
      if (to === undefined) return refuse(400, 21604, "A 'To' phone number is required.");
      if (!E164.test(to)) return refuse(400, 21211, `Invalid 'To' Phone Number: ${to}`);
      if (from === undefined && service === undefined) {
        return refuse(400, 21603, "A 'From' phone number is required.");
      }
      if (from !== undefined && !E164.test(from)) return refuse(400, 21212, `Invalid 'From' Number: ${from}`);
      if (service !== undefined && !/^MG[0-9a-f]{32}$/.test(service)) {
        return refuse(400, 21701, 'The Messaging Service does not exist.');
      }
      if (body === undefined || body === '') return refuse(400, 21602, 'Message body is required.');
      if (body.length > LONGEST_TEXT) {
        return refuse(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
      }
      if (!isCallbackUrl(statusUrl)) return refuse(400, 21609, "Invalid 'StatusCallback'.");
      const no = refusal(to);
      if (no) return no;
      const sender = from ?? service ?? '';
      const { id } = store.add({
        ...{ id: newSid('SM'), channel: 'sms', to, text: body },
        phone: { from: sender, ...(statusUrl === undefined ? {} : { statusUrl }) },
      });
      return created('Messages', account, id, { to, from: sender, body, direction: 'outbound-api' });
    },
    receiveCall: (request) => {
      const read = readForm(request, account, CALL_FIELDS);
      if (!read.form) return read.refusal;
      const { To: to, From: from, Url: url, Twiml: twiml, StatusCallback: statusUrl } = read.form;
      if (to === undefined) return refuse(400, 21201, "No 'To' number is specified");
      if (!E164.test(to)) return refuse(400, 21211, `Invalid 'To' Phone Number: ${to}`);
      if (from === undefined) return refuse(400, 21213, "No 'From' number is specified");
      if (!E164.test(from)) return refuse(400, 21212, `Invalid 'From' Number: ${from}`);
      if (url !== undefined && twiml !== undefined) {
        return refuse(400, 20001, 'Url and Twiml exclude each other: give one of them.');
      }
      if (twiml === undefined) return refuse(400, 21205, 'Only calls with Twiml are played here.');
      if (twiml.length > LONGEST_TWIML) return refuse(400, 20001, 'Twiml exceeds 4000 characters.');
      const asked = parseTwiml(twiml);
      if (typeof asked === 'string') return refuse(400, 12100, `Document parse failure: ${asked}`);
      if (!isCallbackUrl(asked.keyUrl))
        return refuse(400, 21205, "The action of <Gather> isn't a valid URL.");
      if (!isCallbackUrl(statusUrl)) return refuse(400, 21609, "Invalid 'StatusCallback'.");
      const events = new URLSearchParams(request.body).getAll('StatusCallbackEvent');
      if (!events.every((event) => CALL_EVENTS.includes(event))) {
        return refuse(400, 21626, "Invalid 'StatusCallbackEvent'.");
      }
      const no = refusal(to);
      if (no) return no;
      const { id } = store.add({
        ...{ id: newSid('CA'), channel: 'call', to, text: asked.lines.join('\n') },
        phone: {
          from,
          ...(statusUrl === undefined ? {} : { statusUrl }),
          ...(asked.keyUrl === undefined ? {} : { keyUrl: asked.keyUrl }),
        },
      });
      return created('Calls', account, id, { to, from, direction: 'outbound-api' });
    },
    lookUp: ({ headers }, number, fields) => {
      if (!isAuthorized(headers.authorization, account)) return refuse(401, 20003, 'Authenticate');
      if (fields !== 'sim_swap') return refuse(400, 60600, 'Only Fields=sim_swap is played here.');
      if (!E164.test(number)) return refuse(404, 20404, 'The requested resource was not found');
      const simSwap = {
        last_sim_swap: {
          last_sim_swap_date: null,
          swapped_period: 'PT48H',
          swapped_in_period: swapped.has(number),
        },
        carrier_name: 'Example Mobile',
        mobile_country_code: '238',
        mobile_network_code: '01',
        error_code: null,
      };
      return { status: 200, body: { phone_number: number, valid: true, sim_swap: simSwap } };
    },
    swap: (number, isSwapped) => {
      if (isSwapped) swapped.add(number);
      else swapped.delete(number);
    },
    refuseNumber: (number, code) => {
      if (code === undefined) refused.delete(number);
      else refused.set(number, code);
    },
  };
}

/** The answer to whoever asks too often. */
export function twilioTooManyRequests(): ProviderAnswer {
  return refuse(429, 20429, 'Too Many Requests');
}

type Form = Readonly<Partial<Record<string, string>>>;

function readForm(
  { headers, body }: ProviderRequest,
  account: TwilioAccount,
  known: readonly string[],
): { readonly form: Form } | { readonly form?: never; readonly refusal: ProviderAnswer } {
  const no = (status: number, code: number, message: string): { readonly refusal: ProviderAnswer } => ({
    refusal: refuse(status, code, message),
  });
  if (!isAuthorized(headers.authorization, account)) return no(401, 20003, 'Authenticate');
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) {
    return no(400, 20001, 'The body must be application/x-www-form-urlencoded');
  }
  const form = new URLSearchParams(body);
  const unknown = [...form.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) return no(400, 20001, `Unknown parameters: ${unknown}`);
  return { form: Object.fromEntries(form) };
}

function isAuthorized(header: string | undefined, { accountSid, authToken }: TwilioAccount): boolean {
  return header === `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
}

function isCallbackUrl(text: string | undefined): boolean {
  if (text === undefined) return true;
  const url = URL.parse(text);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    !url.hostname.includes('_') &&
    text.length <= LONGEST_URL
  );
}

function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex');
}

function created(
  resource: string,
  { accountSid }: TwilioAccount,
  sid: string,
  fields: Readonly<Record<string, string>>,
): ProviderAnswer {
  const uri = `/2010-04-01/Accounts/${accountSid}/${resource}/${sid}.json`;
  return {
    status: 201,
    body: { sid, account_sid: accountSid, api_version: '2010-04-01', status: 'queued', uri, ...fields },
  };
}

function refuse(status: number, code: number, message: string): ProviderAnswer {
  return {
    status,
    body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  };
}
