// Reads who sends mail, and with what the provider signs what it tells afterwards.
import type { Mistakes } from './mistakes.ts';
import { checkServiceUrl, readText, requireHeaderText, requireText, type Variables } from './variables.ts';

/** How mail is sent. */
export interface MailConfig {
  readonly apiKey: string;
  readonly from: string;
  readonly baseUrl?: string;
  /** `whsec_` and base64. Without one no webhook of the provider is believed. */
  readonly webhookSecret?: string;
}

/** Reads the provider of mail; it has to be there. */
export function readMail(variables: Variables, mistakes: Mistakes): MailConfig | undefined {
  const apiKey = requireHeaderText(
    variables,
    'RESEND_API_KEY',
    mistakes,
    'an API key of Resend that may send',
  );
  const from = requireText(
    variables,
    'PENUMBRA_MAIL_FROM',
    mistakes,
    'the sender, e.g. Penumbra <no-reply@example.com>',
  );
  // One plain address, with a name before it or not; a line end here would be another header.
  const address = /^(?:[^<>,;"\p{C}]*<([^<>@\s,;"]+@[^<>@\s,;"]+)>|([^<>@\s,;"]+@[^<>@\s,;"]+))$/u;
  if (from !== undefined && !address.test(from)) {
    mistakes.add('PENUMBRA_MAIL_FROM', 'must be one address: name@example.com or Name <name@example.com>');
  }
  const given = readText(variables, 'RESEND_BASE_URL', mistakes);
  const baseUrl = given === undefined ? undefined : checkServiceUrl('RESEND_BASE_URL', given, mistakes);
  const webhookSecret = readWebhookSecret(variables, mistakes);
  if (apiKey === undefined || from === undefined) return undefined;
  return {
    apiKey,
    from,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(webhookSecret === undefined ? {} : { webhookSecret }),
  };
}

function readWebhookSecret(variables: Variables, mistakes: Mistakes): string | undefined {
  const name = 'RESEND_WEBHOOK_SECRET';
  const secret = readText(variables, name, mistakes);
  // 24 bytes and more; a shorter key is none that Resend made.
  const shape = /^whsec_(?:[A-Za-z0-9+/]{4}){8,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  if (secret === undefined || shape.test(secret)) return secret;
  mistakes.add(name, 'must be whsec_ and base64: copy the signing secret of the webhook at Resend again');
  return undefined;
}
