import { describe, expect, test } from 'vitest';
import { LONGEST_SESSIONS } from '../../worker/assurance/session-lifetime.ts';
import { collectMistakes } from '../../worker/config/mistakes.ts';
import { readSessions } from '../../worker/config/sessions.ts';
import { readFlag } from '../../worker/config/variables.ts';

const NAME = 'PENUMBRA_SESSIONS';

function read(value: unknown): { readonly sessions: unknown; readonly mistakes: readonly string[] } {
  const mistakes = collectMistakes();
  const sessions = readSessions({ [NAME]: value }, NAME, mistakes);
  return { sessions, mistakes: mistakes.all };
}

describe('lifetimes of sessions', () => {
  test('S49 without a word they are as long as they may be: a day and an hour at aal2 and phr, 30 days below', () => {
    expect(read(undefined)).toEqual({ sessions: LONGEST_SESSIONS, mistakes: [] });
    expect(LONGEST_SESSIONS.aal2).toEqual({ overall: 86_400, idle: 3600 });
    expect(LONGEST_SESSIONS.phr).toEqual({ overall: 86_400, idle: 3600 });
    expect(LONGEST_SESSIONS['2fa'].overall).toBe(30 * 86_400);
  });

  test('S49 configuration shortens what it names and leaves the rest', () => {
    const { sessions, mistakes } = read('{"aal2":{"idle":900},"1fa":{"overall":3600,"idle":600}}');
    expect(mistakes).toEqual([]);
    expect(sessions).toEqual({
      ...LONGEST_SESSIONS,
      aal2: { overall: 86_400, idle: 900 },
      '1fa': { overall: 3600, idle: 600 },
    });
  });

  test.each([
    ['longer than allowed', '{"aal2":{"overall":86401}}'],
    ['idle longer than allowed', '{"phr":{"idle":3601}}'],
    ['no time at all', '{"2fa":{"overall":0}}'],
    ['half a second', '{"2fa":{"idle":600.5}}'],
    ['text', '{"2fa":{"idle":"600"}}'],
    ['an unknown level', '{"3fa":{"idle":600}}'],
  ])('S49 %s is a mistake that names its place', (_what, value) => {
    expect(read(value).mistakes).toHaveLength(1);
    expect(read(value).mistakes[0]).toMatch(/^PENUMBRA_SESSIONS/);
  });
});

describe('a flag', () => {
  test('S32 a code that comes early counts only where that is said', () => {
    const mistakes = collectMistakes();
    const flag = (value: unknown): boolean => readFlag({ X: value }, 'X', mistakes);
    expect([undefined, '', 'false', false].map(flag)).toEqual([false, false, false, false]);
    expect(['true', true].map(flag)).toEqual([true, true]);
    expect(mistakes.all).toEqual([]);
    expect(flag('yes')).toBe(false);
    expect(mistakes.all).toEqual(['X must be true or false.']);
  });
});
