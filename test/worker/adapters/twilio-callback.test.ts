// What Twilio tells and asks while a text or a call is under way. The signature is held against the example of Twilio's
// documentation.
import { describe, expect, test } from 'vitest';
import { createTwilioPhone } from '../../../worker/adapters/twilio/phone.ts';
import type { PhoneCallback } from '../../../worker/ports/phone.ts';
import { twilioSignature } from '../../world/outbox/callbacks.ts';

const EXAMPLE = {
  url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
  signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
  form: {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+12349013030',
    Digits: '1234',
    From: '+12349013030',
    To: '+18005551212',
  },
};
interface Change {
  readonly form?: Record<string, string>;
  readonly url?: string;
  readonly signature?: string | undefined;
}
const URL_OF_STATUS = 'https://login.example.com/webhooks/phone/status/j1';
const phone = createTwilioPhone({
  ...{ accountSid: `AC${'0'.repeat(32)}`, authToken: '12345', from: '+15005550006', simSwap: false },
});

function read(
  url: string,
  form: Record<string, string> | string,
  signature: string | undefined,
  type = 'application/x-www-form-urlencoded; charset=UTF-8',
): Promise<PhoneCallback | undefined> {
  const headers = {
    'content-type': type,
    ...(signature === undefined ? {} : { 'x-twilio-signature': signature }),
  };
  const body = typeof form === 'string' ? form : String(new URLSearchParams(form));
  return phone.readCallback(new Request(url, { method: 'POST', headers, body }), url);
}

const signed = (form: Record<string, string>): Promise<PhoneCallback | undefined> =>
  read(URL_OF_STATUS, form, twilioSignature('12345', URL_OF_STATUS, form));

describe('the signature', () => {
  test('the documented example is accepted', async () => {
    const key = { kind: 'key', digits: '1234' };
    expect(await read(EXAMPLE.url, EXAMPLE.form, EXAMPLE.signature)).toEqual(key);
    expect(twilioSignature('12345', EXAMPLE.url, EXAMPLE.form)).toBe(EXAMPLE.signature);
  });

  test.each<readonly [string, Change]>([
    ['another address', { url: 'https://mycompany.com/myapp.php?foo=1&bar=3' }],
    ['another host', { url: 'https://mycompany.example/myapp.php?foo=1&bar=2' }],
    ['another scheme', { url: 'http://mycompany.com/myapp.php?foo=1&bar=2' }],
    ['another field', { form: { ...EXAMPLE.form, Digits: '1235' } }],
    ['a field more', { form: { ...EXAMPLE.form, Extra: '' } }],
    ['a field less', { form: { CallSid: EXAMPLE.form.CallSid, Digits: '1234' } }],
    ['no signature', { signature: undefined }],
    ['an empty one', { signature: '' }],
    ['no base64', { signature: '***' }],
    ['a part of it', { signature: '0/KCTR6D' }],
    ['another one', { signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' }],
  ])('%s is refused', async (_, change) => {
    const { url, form, signature } = { ...EXAMPLE, ...change };
    expect(await read(url, form, signature)).toBeUndefined();
  });

  test('a body that is no form is refused', async () => {
    const { url, form, signature } = EXAMPLE;
    expect(await read(url, form, signature, 'text/plain')).toBeUndefined();
    expect(await read(url, form, signature, 'application/x-www-form-urlencodedx')).toBeUndefined();
    const bare = twilioSignature('12345', url, {});
    expect(await read(url, JSON.stringify(form), bare, 'application/json')).toBeUndefined();
  });

  test('Twilio may sign with the port or without it', async () => {
    const port = 'https://login.example.com:8443/webhooks/phone/status/j1';
    const plain = port.replace(':8443', '');
    const form = { MessageSid: 'SM1', MessageStatus: 'sent' };
    expect(await read(port, form, twilioSignature('12345', plain, form))).toBeDefined();
    expect(
      await read(plain, form, twilioSignature('12345', plain.replace('.com', '.com:443'), form)),
    ).toBeDefined();
    expect(await read(plain, form, twilioSignature('12345', port, form))).toBeUndefined();
  });

  test('S74 more than 256 KiB is not read', async () => {
    const form = { MessageSid: 'SM1', MessageStatus: 'sent', More: '' };
    const padded = (length: number): Record<string, string> => ({
      ...form,
      More: 'x'.repeat(length - String(new URLSearchParams(form)).length),
    });
    expect(await signed(padded(256 * 1024))).toBeDefined();
    expect(await signed(padded(256 * 1024 + 1))).toBeUndefined();
  });
});

describe('what it says', () => {
  const status = (value: string, trouble?: string): object => ({
    ...{ kind: 'status', status: value },
    ...(trouble ? { trouble } : {}),
  });

  test.each([
    ['queued', undefined, status('sent')],
    ['sent', undefined, status('sent')],
    ['delivered', undefined, status('delivered')],
    ['read', undefined, status('delivered')],
    ['undelivered', '30003', status('failed', 'unreachable')],
    ['undelivered', '30004', status('failed', 'blocked')],
    ['undelivered', '30005', status('failed', 'unreachable')],
    ['undelivered', '30006', status('failed', 'unreachable')],
    ['undelivered', '30007', status('failed', 'blocked')],
    ['failed', '21610', status('failed', 'blocked')],
    ['failed', '30008', status('failed')],
    ['failed', undefined, status('failed')],
    ['new-status', undefined, status('sent')],
  ])('a text is %s (%s)', async (MessageStatus, ErrorCode, callback) => {
    const form = {
      MessageSid: 'SM1',
      SmsStatus: MessageStatus,
      MessageStatus,
      ...(ErrorCode ? { ErrorCode } : {}),
    };
    expect(await signed(form)).toEqual(callback);
  });

  test.each([
    ['ringing', status('sent')],
    ['in-progress', status('delivered')],
    ['completed', status('delivered')],
    ['busy', status('failed')],
    ['no-answer', status('failed')],
    ['canceled', status('failed')],
    ['failed', status('failed', 'unreachable')],
  ])('a call is %s', async (CallStatus, callback) => {
    expect(await signed({ CallSid: 'CA1', CallStatus })).toEqual(callback);
  });

  test('S28 a pressed key, whichever it is, and none', async () => {
    for (const digits of ['1', '#', '']) {
      const form = { CallSid: 'CA1', CallStatus: 'in-progress', Digits: digits };
      expect(await signed(form)).toEqual({ kind: 'key', digits });
    }
  });
});
