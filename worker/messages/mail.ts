import type { Language } from '../localization/language.ts';
import type { Mail } from '../ports/mailer.ts';
import type { MessageContent, Sender } from './content.ts';
import { htmlMail } from './html-mail.ts';
import { type Letter, letterOf, type Link } from './letter.ts';
import { oneLine } from './names.ts';

/** Writes a mail. A code is in its body and never in its subject (S17). */
export function renderMail(
  content: MessageContent,
  language: Language,
  sender: Sender,
): Pick<Mail, 'subject' | 'text' | 'html'> {
  const letter = letterOf(content, language, sender);
  return {
    subject: letter.subject,
    text: plainText(letter, sender),
    html: htmlMail(letter, language, sender),
  };
}

function plainText(letter: Letter, sender: Sender): string {
  const { heading, oneTimeCode, opening, action, facts, closing, wayOut } = letter;
  const blocks = [
    oneTimeCode === undefined ? heading : `${heading}: ${oneTimeCode}`,
    ...opening,
    ...(action ? [linkText(action)] : []),
    facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    ...closing,
    ...(wayOut ? [linkText(wayOut)] : []),
    `${oneLine(sender.serviceName)}\n${sender.issuer}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function linkText({ label, url }: Link): string {
  return `${label}:\n${url}`;
}
