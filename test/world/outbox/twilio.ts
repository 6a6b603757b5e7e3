// What Twilio takes and answers: https://www.twilio.com/docs/messaging/api/message-resource and
// https://www.twilio.com/docs/voice/api/call-resource
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { MessageStore } from './message-store.ts';
import type { ProviderAnswer } from './outbox.ts';

export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
}

/** Takes one text message as Twilio does: a form with To, From (or MessagingServiceSid) and Body. */
export function receiveText(
  headers: IncomingHttpHeaders,
  body: string,
  account: TwilioAccount,
  store: MessageStore,
): ProviderAnswer {
  const form = readForm(headers, body, account);
  if ('status' in form) return form;
  const [to, from, text] = [
    form.get('To'),
    form.get('From') ?? form.get('MessagingServiceSid'),
    form.get('Body'),
  ];
  if (to === null) return refuse(400, 21604, "A 'To' phone number is required.");
  if (from === null) return refuse(400, 21603, "A 'From' phone number is required.");
  if (text === null) return refuse(400, 21602, 'Message body is required.');
  store.add({ channel: 'sms', to, text });
  return created('SM', account, { to, from, body: text, num_segments: '1', direction: 'outbound-api' });
}

/** Takes one call as Twilio does: a form with To, From and the TwiML to speak. */
export function receiveCall(
  headers: IncomingHttpHeaders,
  body: string,
  account: TwilioAccount,
  store: MessageStore,
): ProviderAnswer {
  const form = readForm(headers, body, account);
  if ('status' in form) return form;
  const [to, from, twiml] = [form.get('To'), form.get('From'), form.get('Twiml')];
  if (to === null) return refuse(400, 21201, "No 'To' number is specified");
  if (from === null) return refuse(400, 21213, "No 'From' number is specified");
  if (twiml === null) return refuse(400, 21205, 'Url parameter is required.');
  store.add({ channel: 'call', to, text: twiml });
  return created('CA', account, { to, from, direction: 'outbound-api' });
}

function readForm(
  headers: IncomingHttpHeaders,
  body: string,
  account: TwilioAccount,
): URLSearchParams | ProviderAnswer {
  const expected = Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64');
  if (headers.authorization !== `Basic ${expected}`) return refuse(401, 20003, 'Authenticate');
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) {
    return refuse(400, 20001, 'The body must be application/x-www-form-urlencoded');
  }
  return new URLSearchParams(body);
}

function created(prefix: string, account: TwilioAccount, fields: Record<string, string>): ProviderAnswer {
  const sid = prefix + randomBytes(16).toString('hex');
  const resource = prefix === 'SM' ? 'Messages' : 'Calls';
  return {
    status: 201,
    body: {
      sid,
      account_sid: account.accountSid,
      api_version: '2010-04-01',
      status: 'queued',
      uri: `/2010-04-01/Accounts/${account.accountSid}/${resource}/${sid}.json`,
      ...fields,
    },
  };
}

function refuse(status: number, code: number, message: string): ProviderAnswer {
  return {
    status,
    body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  };
}
