import { type Language, regionalTag } from '../localization/language.ts';
import { wordsOf } from '../localization/words.ts';
import type { Speech } from '../ports/phone.ts';
import type { CodeContent, Sender } from './content.ts';
import { oneLine } from './names.ts';

/** Says who calls and what to do; the code is spoken only after a key was pressed (S28). */
export function callGreeting(content: CodeContent, language: Language, sender: Sender): string {
  return wordsOf(language).text('call.greeting', {
    service: oneLine(sender.serviceName, 60),
    site: oneLine(content.circumstances.siteName, 60),
  });
}

/** Speaks the code twice, digit by digit, in words: a voice would read a number as thousands. */
export function callSpeech(content: CodeContent, language: Language): Speech {
  const { text } = wordsOf(language);
  const digits = Array.from(content.oneTimeCode)
    .filter(isDigit)
    .map((digit) => text(`call.digit.${digit}`))
    .join(', ');
  const reference = Array.from(oneLine(content.reference)).join(', ');
  return {
    language: regionalTag(language),
    lines: [text('call.code', { reference }), digits, text('call.again'), digits, text('call.goodbye')],
  };
}

/** Says that there is no code to speak any more. */
export function expiredSpeech(language: Language): Speech {
  return { language: regionalTag(language), lines: [wordsOf(language).text('call.expired')] };
}

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

function isDigit(character: string): character is Digit {
  return /^[0-9]$/.test(character);
}
