// Plays what the providers tell and ask afterwards, signed as they sign it. Only to this machine: an address elsewhere is
// refused, whatever a request carried.
import { createHmac, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { MessageStore, StoredMessage } from './message-store.ts';
import type { TwilioAccount } from './twilio.ts';
import { parseTwiml } from './twiml.ts';

export interface MailWebhook {
  readonly url: string;
  /** `whsec_…` */
  readonly secret: string;
}

export interface Callbacks {
  /**
   * Answers a call, presses a key (1 if none is given) and gives the lines that are spoken then.
   * @throws when the message is no call that asks for a key, or the answer is no TwiML.
   */
  answerCall(messageId: string, digits?: string): Promise<readonly string[]>;
  /** Tells what became of a text or a call, e.g. `delivered`, `undelivered` with `30003`; gives the status of the answer. */
  report(messageId: string, status: string, errorCode?: number): Promise<number>;
  /** Tells that mail to an address bounced; gives the status of the answer. */
  bounce(to: string): Promise<number>;
  /** Tells that mail to an address was marked as spam; gives the status of the answer. */
  complain(to: string): Promise<number>;
}

/** Signs a callback as Twilio does: https://www.twilio.com/docs/usage/webhooks/webhooks-security */
export function twilioSignature(
  authToken: string,
  url: string,
  form: Readonly<Record<string, string>>,
): string {
  const names = Object.keys(form).sort();
  return createHmac('sha1', authToken)
    .update(url + names.map((name) => name + (form[name] ?? '')).join(''))
    .digest('base64');
}

/** Signs a webhook as Resend does, through Svix: https://docs.svix.com/receiving/verifying-payloads/how-manual */
export function svixHeaders(
  secret: string,
  body: string,
  at = Math.floor(Date.now() / 1000),
  id = `msg_${randomUUID().replaceAll('-', '')}`,
): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': String(at), 'svix-signature': `v1,${signature}` };
}

/** Makes the callbacks of the messages in the store. */
export function createCallbacks(
  store: MessageStore,
  account: TwilioAccount,
  webhook: MailWebhook | undefined,
): Callbacks {
  const findPhone = (id: string): StoredMessage & Required<Pick<StoredMessage, 'phone'>> => {
    const message = store.find(id);
    if (message?.phone === undefined) throw new Error(`There is no text or call ${id} in the outbox.`);
    return { ...message, phone: message.phone };
  };

  const tellTwilio = (
    url: string,
    message: StoredMessage,
    fields: Readonly<Record<string, string>>,
  ): Promise<Answer> => {
    const form = {
      AccountSid: account.accountSid,
      ApiVersion: '2010-04-01',
      From: message.phone?.from ?? '',
      To: message.to,
      [message.channel === 'call' ? 'CallSid' : 'MessageSid']: message.id,
      ...fields,
    };
    return post(url, String(new URLSearchParams(form)), {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'user-agent': 'TwilioProxy/1.1',
      'x-twilio-signature': twilioSignature(account.authToken, url, form),
    });
  };

  const tellOfMail = async (type: string, to: string, more: object): Promise<number> => {
    if (webhook === undefined) throw new Error('The outbox was started without a webhook for mail.');
    const at = new Date().toISOString();
    const mail = store.list(to).find(({ channel }) => channel === 'email');
    const data = {
      created_at: mail?.at ?? at,
      email_id: mail?.id ?? randomUUID(),
      from: 'Penumbra <login@penumbra.example>',
      to: [to],
      subject: mail?.subject ?? '',
      ...more,
    };
    const body = JSON.stringify({ type, created_at: at, data });
    const headers = { 'content-type': 'application/json', ...svixHeaders(webhook.secret, body) };
    return (await post(webhook.url, body, headers)).status;
  };

  return {
    answerCall: async (messageId, digits = '1') => {
      const message = findPhone(messageId);
      const { keyUrl } = message.phone;
      if (keyUrl === undefined) throw new Error(`${messageId} asks for no key.`);
      const fields = {
        CallStatus: 'in-progress',
        Direction: 'outbound-api',
        Digits: digits,
        msg: 'Gather End',
      };
      const answer = await tellTwilio(keyUrl, message, fields);
      if (answer.status !== 200 || !/^(text|application)\/xml\b/.test(answer.type)) {
        throw new Error(
          `The call was answered with ${answer.status} ${answer.type}, which Twilio can't speak.`,
        );
      }
      const speech = parseTwiml(answer.body);
      if (typeof speech === 'string') throw new Error(`Twilio would not speak this: ${speech}`);
      store.hear(messageId, speech.lines);
      return speech.lines;
    },
    report: async (messageId, status, errorCode) => {
      const message = findPhone(messageId);
      const { statusUrl } = message.phone;
      if (statusUrl === undefined) throw new Error(`${messageId} carries no StatusCallback.`);
      const answer = await tellTwilio(statusUrl, message, {
        ...(message.channel === 'call'
          ? { CallStatus: status, CallbackSource: 'call-progress-events' }
          : { MessageStatus: status, SmsStatus: status }),
        ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
      });
      return answer.status;
    },
    bounce: (to) =>
      tellOfMail('email.bounced', to, {
        bounce: { type: 'Permanent', subType: 'General', message: 'The mailbox does not exist.' },
      }),
    complain: (to) => tellOfMail('email.complained', to, {}),
  };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

// `localhost` is the loopback address, whatever this machine's resolver says; the Host header stays as it was given.
function post(address: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const url = new URL(address);
  if (url.protocol !== 'http:' || !/^(localhost|127\.0\.0\.1|.+\.localhost)$/.test(url.hostname)) {
    throw new Error(`The outbox calls nobody but this machine, not ${url.host}.`);
  }
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        ...{ host: '127.0.0.1', port: url.port, path: url.pathname + url.search, method: 'POST' },
        headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(15_000),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          const type = answer.headers['content-type'] ?? '';
          resolve({ status: answer.statusCode ?? 0, type, body: Buffer.concat(chunks).toString('utf8') });
        });
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}
