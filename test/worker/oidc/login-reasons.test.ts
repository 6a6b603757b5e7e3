import { describe, expect, test } from 'vitest';
import { evaluatePolicy } from '../../../worker/assurance/policy.ts';
import { loginReasons, type LoginFacts } from '../../../worker/oidc/login-reasons.ts';

const NOW = 1_800_000_000;
const FACTS: LoginFacts = {
  request: {
    clientId: 'site',
    redirectUri: 'https://site.example/cb',
    responseMode: 'query',
    scope: 'openid',
    codeChallenge: 'a'.repeat(43),
    prompt: [],
  },
  session: {
    sid: 'sid',
    sub: 'sub',
    authTime: NOW - 100,
    methods: ['password', 'totp'],
    level: 'aal2',
    expiresAt: NOW + 100,
  },
  email: 'editor@example.com',
  enrolled: ['totp'],
  policy: evaluatePolicy([{ source: 'service', required: true }]),
  now: NOW,
};

const asking = (request: Partial<LoginFacts['request']>, facts: Partial<LoginFacts> = {}): string[] =>
  loginReasons({ ...FACTS, ...facts, request: { ...FACTS.request, ...request } });

describe('why somebody with a session signs in again', () => {
  test('S61: for no reason when the session is enough', () => {
    expect(asking({})).toEqual([]);
    expect(asking({ prompt: ['none'], maxAge: 100, loginHint: ' Editor@Example.com ' })).toEqual([]);
    expect(asking({ idTokenHint: 'x' }, { hintedSub: 'sub' })).toEqual([]);
  });

  test.each([
    ['prompt=login', { prompt: ['login'] }, 'login_prompt'],
    ['prompt=select_account', { prompt: ['select_account'] }, 'select_account_prompt'],
    ['max_age that is over', { maxAge: 99 }, 'max_age'],
    ['login_hint of another', { loginHint: 'admin@example.com' }, 'other_account'],
    ['login_hint that contains it', { loginHint: 'editor@example.com.evil.example' }, 'other_account'],
  ])('S61: for %s', (_name, request, reason) => {
    expect(asking(request)).toEqual([reason]);
  });

  test('OIDC Core 3.1.2.1: for max_age=0 in the very second of the sign-in', () => {
    const session = { ...FACTS.session, authTime: NOW };
    expect(asking({ maxAge: 0 }, { session })).toEqual(['max_age']);
    expect(asking({ maxAge: 1 }, { session })).toEqual([]);
  });

  test('S61: for a hint that names another account, or nobody', () => {
    expect(asking({}, { hintedSub: 'other' })).toEqual(['other_account']);
    expect(asking({}, { hintedSub: '' })).toEqual(['other_account']);
  });

  test('for a session that is weaker than what is demanded now', () => {
    const session = { ...FACTS.session, level: '1fa' } as const;
    expect(asking({}, { session })).toEqual(['assurance']);
    expect(asking({}, { session, policy: evaluatePolicy([{ source: 'service' }]) })).toEqual([]);
  });
});
