import { describe, expect, test } from 'vitest';
import { parseFailure } from '../../../backoffice-plugin/api/problem.ts';
import { failureText } from '../../../backoffice-plugin/elements/failure-text.ts';
import { digitsOf } from '../../../backoffice-plugin/elements/fields.ts';
import { duration, text } from '../../../backoffice-plugin/localization/localize.ts';

describe('what is typed as a code', () => {
  test.each([
    ['012345', '012345'],
    [' 012 345 ', '012345'],
    ['012-345', '012345'],
    ['０１２３４５', '012345'],
    ['code: 012345', '012345'],
    ['', ''],
  ])('%j is %j', (typed, code) => {
    expect(digitsOf(typed)).toBe(code);
  });
});

describe('a failed call', () => {
  test('says what the service said, and nothing that the screens do not know', () => {
    const body = { code: 'throttled', retryAt: 17, detail: 'x', secret: 'y' };
    expect(parseFailure(429, body)).toEqual({ code: 'throttled', retryAt: 17 });
  });

  test.each([
    [502, undefined, 'unreachable'],
    [503, '<html>', 'unreachable'],
    [500, { code: 'toString' }, 'unreachable'],
    [404, { code: 'something_new' }, 'unexpected'],
    [400, null, 'unexpected'],
    [400, { code: ['wrong_code'] }, 'unexpected'],
  ] as const)('%i with %j is %s', (status, body, code) => {
    expect(parseFailure(status, body)).toEqual({ code });
  });

  test.each([
    [undefined, 'This code is wrong.'],
    [0, 'This code is wrong.'],
    [1, 'This code is wrong. One more try, then you have to wait.'],
    [4, 'This code is wrong. 4 more tries, then you have to wait.'],
  ])('with %s tries left says "%s"', (triesLeft, words) => {
    expect(failureText({ code: 'wrong_code', ...(triesLeft !== undefined && { triesLeft }) })).toBe(words);
  });
});

describe('texts', () => {
  test('values are put in once and are not read as templates', () => {
    expect(text('app.title', { step: '{site}', site: '$& <b>' })).toBe('{site} · $& <b>');
  });

  test.each([
    [1, '1 second'],
    [29.2, '30 seconds'],
    [119, '119 seconds'],
    [121, '3 minutes'],
    [3600, '60 minutes'],
  ])('%d s is said as %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});
