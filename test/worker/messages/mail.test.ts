import { describe, expect, test } from 'vitest';
import { CODE_SECONDS } from '../../../worker/factors/one-time-code.ts';
import { LANGUAGES } from '../../../worker/localization/language.ts';
import { ADVICE, CODE_MINUTES } from '../../../worker/messages/letter.ts';
import { renderMail } from '../../../worker/messages/mail.ts';
import {
  CIRCUMSTANCES,
  codeContent,
  everyContent,
  NOTICES,
  noticeContent,
  PURPOSES,
  SENDER,
} from './contents.ts';
import { linksIn, readElements } from './markup.ts';

const CODES = LANGUAGES.flatMap((language) => PURPOSES.map((purpose) => ({ language, purpose })));
const ALL = LANGUAGES.flatMap((language) => everyContent().map((content) => ({ language, content })));

describe.each(CODES)('a mail with a code, $purpose in $language', ({ language, purpose }) => {
  const mail = renderMail(codeContent(purpose), language, SENDER);

  test('S11 has the reference in its subject, its text and its HTML', () => {
    expect(mail.subject).toMatch(/\(KXR\)$/);
    expect(mail.text).toMatch(/^Reference: KXR /m);
    expect(mail.html).toContain('KXR');
  });

  test('S17 has the code in its text and its HTML, and not in its subject', () => {
    expect(mail.text).toContain('04719283');
    expect(mail.html).toContain('<p class="code">04719283</p>');
    expect(mail.subject).not.toMatch(/\d/);
  });

  test('says where, when and with what', () => {
    expect(mail.text).toContain('Aarhus Museum');
    expect(mail.text).toMatch(
      language === 'en' ? /17 March 2030 at 17:46 UTC/ : /17. marts 2030 kl. 17.46 UTC/,
    );
    expect(mail.text).toContain(language === 'en' ? 'Denmark (203.0.113.9)' : 'Danmark (203.0.113.9)');
    expect(mail.text).toContain(language === 'en' ? 'Chrome on Windows' : 'Chrome på Windows');
  });

  test('has a way to say "this was not me"', () => {
    const url = 'https://login.example.com/not-me#token';
    const { text, html } = renderMail(codeContent(purpose, { notMePath: '/not-me#token' }), language, SENDER);
    expect(text).toContain(`${language === 'en' ? 'This was not me' : 'Det var ikke mig'}:\n${url}\n`);
    expect(linksIn(html)).toContain(url);
  });
});

test('S09 a mail says how long its code is good for', () => {
  expect(CODE_MINUTES * 60).toBe(CODE_SECONDS);
  expect(renderMail(codeContent('sign_in'), 'en', SENDER).text).toContain('good for 5 minutes');
});

describe.each(LANGUAGES.flatMap((language) => NOTICES.map((notice) => ({ language, notice }))))(
  'S43 the notice $notice in $language',
  ({ language, notice }) => {
    const mail = renderMail(noticeContent(notice), language, SENDER);

    test('says what happened, when, where, and what to do if it was not them', () => {
      expect(mail.text).toContain(mail.subject);
      expect(mail.text).toContain('2030');
      // Where an administrator sits is theirs alone; nobody else could have done it.
      const isByOther = ADVICE[notice] === 'administrator';
      expect(mail.text.includes('203.0.113.9')).toBe(!isByOther);
      if (isByOther)
        expect(mail.text).toMatch(language === 'en' ? /ask an administrator/ : /spørg en administrator/);
      else expect(mail.text).toMatch(language === 'en' ? /If this was not you, / : /Hvis det ikke var dig, /);
      expect(linksIn(mail.html)).toEqual(['https://login.example.com/account']);
      if (notice.startsWith('second_factor')) {
        expect(mail.text).toMatch(language === 'en' ? /knows your password/ : /kender din adgangskode/);
      }
    });

    test('S20 shows a destination only as it was given, masked', () => {
      expect(mail.text).toContain('Work phone, +45 •• •• •• 78');
      expect(renderMail(noticeContent(notice), language, SENDER).text).not.toMatch(/@|\d{8}/);
    });

    test('is told apart from every other by its subject', () => {
      const subjects = NOTICES.map((each) => renderMail(noticeContent(each), language, SENDER).subject);
      expect(new Set(subjects).size).toBe(NOTICES.length);
    });
  },
);

describe.each(ALL)('any mail: $content.template in $language', ({ language, content }) => {
  const mail = renderMail(content, language, SENDER);

  test('has well-formed HTML with language, title and heading, and loads nothing', () => {
    const elements = readElements(mail.html);
    expect(mail.html).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${language}">`));
    expect(mail.html).toContain('<meta name="color-scheme" content="light dark" />');
    expect(mail.html).toContain('(prefers-color-scheme: dark)');
    expect(elements.filter((name) => name === 'h1')).toHaveLength(1);
    expect(elements.filter((name) => name === 'title')).toHaveLength(1);
    expect(
      elements.filter((name) => /^(img|link|script|iframe|object|video|audio|form)$/.test(name)),
    ).toEqual([]);
    expect(mail.html).not.toMatch(/url\(|@import|src=/);
  });

  test('S23 has no link but to the configured address', () => {
    const addresses = [...linksIn(mail.html), ...(mail.text.match(/\w+:\/\/\S+/g) ?? [])];
    expect(addresses.filter((each) => new URL(each).origin !== SENDER.issuer)).toEqual([]);
  });

  test('says in its HTML all that its text says', () => {
    const visible = mail.html
      .replace(/<style>.*<\/style>/s, '')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"');
    const words = mail.text.match(/[\p{L}\p{N}’]+/gu) ?? [];
    const links = linksIn(mail.html).join(' ');
    expect(words.filter((word) => !visible.includes(word) && !links.includes(word))).toEqual([]);
  });
});

const OURS = new Set('html head meta title style body main p h1 a dl dt dd footer'.split(' '));

describe('what people wrote', () => {
  const NAME = `Eve"><script>alert('1')</script><a href="https://evil.example/">\r\nBcc: all@example.com\u2028\u202Ex`;
  const written = LANGUAGES.flatMap((language) =>
    everyContent(NAME).map((content) => ({ language, content, template: content.template })),
  );

  test.each(written)('is no markup and breaks no line: $template in $language', ({ language, content }) => {
    const mail = renderMail(content, language, { ...SENDER, serviceName: NAME });
    expect(mail.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202E]/u);
    expect(mail.text).not.toMatch(/^Bcc|\r|\u2028|\u202E/m);
    expect(readElements(mail.html).filter((name) => !OURS.has(name))).toEqual([]);
    expect(linksIn(mail.html).every((href) => href.startsWith(`${SENDER.issuer}/`))).toBe(true);
  });

  test('is cut where it is endless', () => {
    const mail = renderMail(
      codeContent('sign_in', { circumstances: { ...CIRCUMSTANCES, siteName: '🦊'.repeat(999) } }),
      'en',
      SENDER,
    );
    expect(mail.subject.length).toBeLessThan(120);
    expect(mail.subject.isWellFormed()).toBe(true);
  });
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '@evil.example/',
  '.evil.example/',
  ':80@evil.example/',
])('S23 no path leads to another address: %s', (path) => {
  const content = codeContent('sign_in', { notMePath: path });
  const made = (): string[] => linksIn(renderMail(content, 'en', SENDER).html);
  if (path.startsWith('//')) expect(made()).toEqual([`${SENDER.issuer}//evil.example/`]);
  else expect(made).toThrow(/path on the service’s own address/);
});

test.each([
  ['XX', '203.0.113.9', '203.0.113.9'],
  ['ZZ', '203.0.113.9', '203.0.113.9'],
  ['SE', '2001:db8::1', 'Sweden (2001:db8::1)'],
  [undefined, 'unknown', 'unknown'],
])('the place of %j and %s is %s', (country, address, place) => {
  const { siteName, at, device } = CIRCUMSTANCES;
  const circumstances = { siteName, at, device, address, ...(country === undefined ? {} : { country }) };
  expect(renderMail(codeContent('sign_in', { circumstances }), 'en', SENDER).text).toContain(
    `\nPlace: ${place}\n`,
  );
});
