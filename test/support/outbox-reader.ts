// Reads from the outbox as a person reads mail: the newest code, the newest link.
import type { Message } from '../world/outbox/message-store.ts';
import type { Outbox } from '../world/outbox/outbox.ts';

/** Waits for the newest mail to an address that holds a code of eight digits, and gives the code. */
export async function readMailedCode(outbox: Outbox, to: string): Promise<string> {
  return readFromMail(outbox, to, /(?<!\d)(\d{8})(?!\d)/);
}

/** Waits for the newest text to a number (E.164) that ends with a code for the browser (S22), and gives the code. */
export async function readTextedCode(outbox: Outbox, to: string): Promise<string> {
  const pattern = /^@\S+ #(\d{6})\s*$/m;
  const text = await outbox.next(
    (message) => message.channel === 'sms' && message.to === to && pattern.test(message.text),
  );
  return pattern.exec(text.text)?.[1] ?? '';
}

/** Waits for the newest mail to an address that holds a set-up link, and gives the whole link. */
export async function readSetupLink(outbox: Outbox, to: string): Promise<string> {
  return readFromMail(outbox, to, /(https?:\/\/\S+\/setup#[\w-]+)/);
}

/** Waits for a mail whose subject fits, and gives it. */
export function readMail(outbox: Outbox, to: string, subject: RegExp): Promise<Message> {
  return outbox.next((message) => message.to === to && subject.test(message.subject ?? ''));
}

async function readFromMail(outbox: Outbox, to: string, pattern: RegExp): Promise<string> {
  const mail = await outbox.next((message) => message.to === to && pattern.test(message.text));
  return pattern.exec(mail.text)?.[1] ?? '';
}
