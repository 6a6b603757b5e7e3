import { expect, test } from 'vitest';
import { bearerError, oauthError } from '../../../worker/http/oauth-error.ts';
import { problem } from '../../../worker/http/problem.ts';

test('RFC 9457 a refusal is problem+json that says what to do and is never stored', async () => {
  const response = problem('wrong_code', { triesLeft: 2 });
  expect(response.status).toBe(401);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({
    type: 'urn:penumbra:problem:wrong_code',
    title: 'Wrong code',
    status: 401,
    detail: 'That code is wrong. Type the newest one.',
    code: 'wrong_code',
    triesLeft: 2,
  });
});

test.each([
  ['no_code_sent', 409],
  ['phone_refused', 422],
  ['phone_alone', 409],
  ['already_enrolled', 409],
  ['old_number_first', 409],
  ['help_requested', 429],
] as const)('RFC 9457 %s is %i and says what to do', async (code, status) => {
  const body = (await problem(code).json()) as { readonly title: string; readonly detail: string };
  expect(body).toMatchObject({ code, status });
  expect(body.title).not.toBe('');
  expect(body.detail).toMatch(/^[A-Z].+\.$/);
});

test('a detail of its own replaces the general one', async () => {
  expect(
    await problem('exists', { detail: 'There is an organisation "acme" already.' }).json(),
  ).toMatchObject({
    status: 409,
    detail: 'There is an organisation "acme" already.',
  });
});

test('RFC 9110 10.2.3 retryAt is the Retry-After header too', () => {
  const response = problem('throttled', { retryAt: 1_900_000_000 });
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('Sun, 17 Mar 2030 17:46:40 GMT');
});

test('S62 RFC 9470 a stale sign-in says how fresh it must be', () => {
  expect(problem('fresh_authentication_required').headers.get('www-authenticate')).toBe(
    'Bearer error="insufficient_user_authentication", max_age="300"',
  );
});

test('RFC 6749 5.2 token errors', async () => {
  const refused = oauthError('invalid_grant', 'The code "x" was used\n already.');
  expect(refused.status).toBe(400);
  expect(refused.headers.get('cache-control')).toBe('no-store');
  expect(await refused.json()).toEqual({
    error: 'invalid_grant',
    error_description: "The code 'x' was used? already.",
  });
  const unknown = oauthError('invalid_client', 'Unknown client.');
  expect(unknown.status).toBe(401);
  expect(unknown.headers.get('www-authenticate')).toMatch(/^Basic realm="penumbra"/);
  expect(oauthError('temporarily_unavailable', 'Later.').status).toBe(503);
});

test('RFC 6750 3 a request without a token gets a challenge without a code', async () => {
  const response = bearerError();
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe('Bearer realm="penumbra"');
  expect(await response.json()).toEqual({});
});

test.each([
  ['invalid_request', 400],
  ['invalid_token', 401],
  ['insufficient_scope', 403],
] as const)('RFC 6750 3.1 %s is %i', (error, status) => {
  const response = bearerError(error, 'No "good".', 'admin');
  expect(response.status).toBe(status);
  expect(response.headers.get('www-authenticate')).toBe(
    `Bearer realm="penumbra", error="${error}", error_description="No 'good'.", scope="admin"`,
  );
});
