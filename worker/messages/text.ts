import type { Language } from '../localization/language.ts';
import { wordsOf } from '../localization/words.ts';
import type { CodeContent, NoticeContent, Sender } from './content.ts';
import { ADVICE } from './letter.ts';
import { oneLine } from './names.ts';

// GSM 03.38: a text of these alone takes 153 characters a segment; one other character makes it 67.
const GSM = /^[\w @£$¥èéùìòÇØøÅåÆæßÉÄÖÑÜ§äöñüà!"#%&'()*+,\-./:;<=>?¡¿\n]*$/;
const TYPOGRAPHY: readonly (readonly [pattern: RegExp, plain: string])[] = [
  [/[’‘]/g, "'"],
  [/[“”„]/g, '"'],
  [/[–—]/g, '-'],
  [/…/g, '...'],
  [/\u00A0/g, ' '],
];

/**
 * Writes a text message of at most two segments. One with a code ends with the line that lets the login host's page, and
 * no other, take the code over (S22). There is never a link in it.
 * @see WICG, SMS one-time codes
 */
export function renderText(content: CodeContent | NoticeContent, language: Language, sender: Sender): string {
  const { text } = wordsOf(language);
  const service = shortName(sender.serviceName);
  if (content.template === 'notice') {
    return plainSigns(
      text('text.notice', {
        service,
        title: text(`notice.title.${content.notice}`),
        advice: text(`text.notYou.${ADVICE[content.notice]}`),
      }),
    );
  }
  const { purpose, oneTimeCode, circumstances } = content;
  const site = shortName(circumstances.siteName);
  const said = text(`text.code.${purpose}`, { code: oneTimeCode, service, site });
  const rest = text('text.code.rest', { reference: oneLine(content.reference) });
  const { hostname } = new URL(sender.issuer);
  return `${plainSigns(`${said} ${rest}`)}\n\n@${hostname} #${oneTimeCode}`;
}

/** A name that makes no link of itself and leaves room for what matters. */
function shortName(name: string): string {
  const plain = plainSigns(oneLine(name)).replaceAll(/\w+:\/+|\bwww\./gi, '');
  return oneLine(plain, GSM.test(plain) ? 30 : 12);
}

function plainSigns(text: string): string {
  return TYPOGRAPHY.reduce((plain, [pattern, sign]) => plain.replaceAll(pattern, sign), text);
}
