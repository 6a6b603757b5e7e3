import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { parseBody, type FieldError } from '../../../worker/http/body.ts';

const schema = v.strictObject({
  email: v.pipe(v.string(), v.maxLength(254)),
  kind: v.optional(v.picklist(['totp'])),
  renew: v.optional(v.boolean()),
  code: v.optional(v.pipe(v.string(), v.regex(/^\d{6}$/, 'Type the six digits.'))),
});

function post(body: BodyInit | null): Request {
  return new Request('https://login.example/api', { method: 'POST', body });
}

async function refusal(
  body: BodyInit | null,
): Promise<{ status: number; errors: FieldError[]; text: string }> {
  const parsed = await parseBody(post(body), schema);
  if (parsed.status === 'ok') throw new Error('It was accepted.');
  const text = await parsed.response.text();
  const { errors = [] } = JSON.parse(text) as { errors?: FieldError[] };
  return { status: parsed.response.status, errors, text };
}

test('a good body is given, typed', async () => {
  expect(await parseBody(post('{"email":"a@example.com","renew":true}'), schema)).toEqual({
    status: 'ok',
    body: { email: 'a@example.com', renew: true },
  });
});

describe('S74 bodies', () => {
  test.each([
    ['a number', '{"email":1}', [{ field: 'email', message: 'Send text here.' }]],
    ['a list (bug 27)', '{"email":["a@example.com"]}', [{ field: 'email', message: 'Send text here.' }]],
    ['null', '{"email":null}', [{ field: 'email', message: 'Send text here.' }]],
    ['an object', '{"email":{"$ne":""}}', [{ field: 'email', message: 'Send text here.' }]],
    [
      'text for truth',
      '{"email":"a","renew":"true"}',
      [{ field: 'renew', message: 'Send true or false here.' }],
    ],
    ['a missing field', '{}', [{ field: 'email', message: 'This is needed.' }]],
    ['another kind', '{"email":"a","kind":"sms"}', [{ field: 'kind', message: 'Send one of: "totp".' }]],
    [
      'a code with a word of ours',
      '{"email":"a","code":"12"}',
      [{ field: 'code', message: 'Type the six digits.' }],
    ],
    [
      'unknown fields (bugs 3, 19)',
      '{"email":"a","verified":true}',
      [{ field: 'verified', message: 'Leave this out: it is not known.' }],
    ],
    ['a prototype', '{"email":"a","__proto__":{"kind":"totp"}}', undefined],
    ['too long', `{"email":"${'a'.repeat(255)}"}`, [{ field: 'email', message: 'Send at most 254.' }]],
  ])('%s', async (_, body, errors) => {
    const refused = await refusal(body);
    expect(refused.status).toBe(400);
    if (errors) expect(refused.errors).toEqual(errors);
    expect(refused.errors.length).toBeGreaterThan(0);
  });

  test.each([
    ['nothing', null],
    ['no JSON', '{"email":'],
    ['a list', '[]'],
    ['text', '"a"'],
    ['null', 'null'],
    ['NUL in a value', '{"email":"a\\u0000b"}'],
    ['NUL in a name', '{"email":"a","x\\u0000":1}'],
    ['NUL deep inside', '{"email":{"a":[["\\u0000"]]}}'],
    ['half a surrogate pair', '{"email":"\\ud800"}'],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
    ['deep nesting', '['.repeat(8000) + ']'.repeat(8000)],
  ])('%s', async (_, body) => {
    const refused = await refusal(body);
    expect(refused.status).toBe(400);
    expect(refused.errors).toEqual([
      { field: '', message: 'Send a JSON object in UTF-8, without NUL characters.' },
    ]);
  });

  test('every mistake is listed at once', async () => {
    expect((await refusal('{"email":1,"renew":2,"x":3}')).errors.map(({ field }) => field)).toEqual([
      'email',
      'renew',
      'x',
    ]);
  });

  test('S71 no value is repeated', async () => {
    for (const body of [
      '{"email":"a","code":"hunter2"}',
      '{"email":["hunter2"]}',
      '{"email":"a","kind":"hunter2"}',
    ]) {
      expect((await refusal(body)).text).not.toContain('hunter2');
    }
  });

  test('1 MB is too large, with a length and without', async () => {
    const text = `{"email":"${'a'.repeat(1_000_000)}"}`;
    expect((await refusal(text)).status).toBe(413);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(4096).fill(0x20));
      },
    });
    const request = new Request('https://login.example/api', {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit);
    const parsed = await parseBody(request, schema);
    expect(parsed.status === 'refused' && parsed.response.status).toBe(413);
    expect(sent).toBeLessThan(10);
  });

  test('16 KiB fit', async () => {
    const padded = `{"email":"a"}${' '.repeat(16 * 1024 - 13)}`;
    expect((await parseBody(post(padded), schema)).status).toBe('ok');
    expect((await refusal(`${padded} `)).status).toBe(413);
  });
});
