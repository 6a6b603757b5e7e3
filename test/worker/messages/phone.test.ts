import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../worker/localization/language.ts';
import { callGreeting, callSpeech, expiredSpeech } from '../../../worker/messages/call.ts';
import { ADVICE } from '../../../worker/messages/letter.ts';
import { renderText } from '../../../worker/messages/text.ts';
import { CIRCUMSTANCES, codeContent, NOTICES, noticeContent, PURPOSES, SENDER } from './contents.ts';

const BASIC = /^[A-Za-z0-9 @£$¥èéùìòÇØøÅåÆæßÉÄÖÑÜ§äöñüà!"#%&'()*+,\-./:;<=>?¡¿_\n\r]*$/;

/** Segments of a text, as carriers count them: GSM 03.38, or UCS-2 where one character is outside of it. */
function segments(text: string): number {
  const [alone, joined] = BASIC.test(text) ? [160, 153] : [70, 67];
  return text.length <= alone ? 1 : Math.ceil(text.length / joined);
}

const NAMES = [
  'Aarhus Museum',
  'Den Gamle By – Danmarks Købstadmuseum og ’Det Nye Museum’ i Aarhus',
  '東京国立博物館の公式ウェブサイト',
  '🦊'.repeat(40),
  'https://www.evil.example/login',
  'Eve\r\n\r\n@evil.example #123456',
];

describe.each(LANGUAGES.flatMap((language) => PURPOSES.map((purpose) => ({ language, purpose }))))(
  'a text with a code, $purpose in $language',
  ({ language, purpose }) => {
    const content = codeContent(purpose, { oneTimeCode: '047192' });

    test('S22 ends with the line for the login host, without its port', () => {
      expect(renderText(content, language, SENDER).split('\n').at(-1)).toBe('@login.example.com #047192');
      const local = { ...SENDER, issuer: 'http://localhost:8787' };
      expect(renderText(content, language, local)).toMatch(/\n@localhost #047192$/);
    });

    test('S11 has the reference', () => {
      expect(renderText(content, language, SENDER)).toContain('Reference KXR.');
    });

    test.each(NAMES)('takes two segments at most, with no link and one line for a host: %s', (siteName) => {
      const circumstances = { ...CIRCUMSTANCES, siteName };
      const sender = { issuer: SENDER.issuer, serviceName: siteName };
      for (const from of [SENDER, sender]) {
        const text = renderText({ ...content, circumstances }, language, from);
        expect(segments(text), text).toBeLessThanOrEqual(2);
        expect(text).not.toMatch(/\w:\/\/|www\./);
        expect(text.match(/^@/gm)).toHaveLength(1);
      }
    });
  },
);

test.each(LANGUAGES)('a text in %s with plain names is one segment', (language) => {
  expect(segments(renderText(codeContent('sign_in', { oneTimeCode: '047192' }), language, SENDER))).toBe(1);
});

test.each(LANGUAGES.flatMap((language) => NOTICES.map((notice) => ({ language, notice }))))(
  'S43 a text with the notice $notice in $language is short, and says what to do if it was not them',
  ({ language, notice }) => {
    const text = renderText(noticeContent(notice), language, SENDER);
    const asked =
      ADVICE[notice] === 'administrator'
        ? { en: /^Penumbra: .+\. Don't know why\? /, da: /^Penumbra: .+\. Ved du ikke hvorfor\? / }
        : { en: /^Penumbra: .+\. Not you\? /, da: /^Penumbra: .+\. Ikke dig\? / };
    expect(text).toMatch(asked[language]);
    expect(segments(text)).toBe(1);
    expect(text).not.toMatch(/\/\/|@|#/);
  },
);

describe.each(LANGUAGES)('a call in %s', (language) => {
  const content = codeContent('sign_in', { oneTimeCode: '047192' });

  test('S28 greets without the code, says who calls, for what, and how to go on or not', () => {
    const greeting = callGreeting(content, language, SENDER);
    expect(greeting).toContain('Penumbra');
    expect(greeting).toContain('Aarhus Museum');
    expect(greeting).toMatch(
      language === 'en' ? /Press any key .* hang up/ : /Tryk på en vilkårlig tast .* læg på/,
    );
    expect(greeting).not.toMatch(/\d|zero|seven|nul|syv|KXR/);
  });

  test('S28 S11 speaks the code twice, digit by digit in words, and the reference', () => {
    const { lines, language: voice } = callSpeech(content, language);
    const digits = language === 'en' ? 'zero, four, seven, one, nine, two' : 'nul, fire, syv, en, ni, to';
    expect(voice).toBe(language === 'en' ? 'en-GB' : 'da-DK');
    expect(lines.filter((line) => line === digits)).toHaveLength(2);
    expect(lines[0]).toContain('K, X, R');
    expect(lines.at(-1)).toMatch(language === 'en' ? /Goodbye\.$/ : /Farvel\.$/);
    expect(lines.join(' ')).not.toMatch(/\d/);
  });

  test('says when there is no code any more', () => {
    expect(expiredSpeech(language).lines.join(' ')).not.toMatch(/\d/);
    expect(expiredSpeech(language).lines).toHaveLength(1);
  });
});
