// What the provider of mail tells afterwards, as its webhook would.
import { Browser, type Answer } from '../support/browser.ts';
import { svixHeaders } from '../world/outbox/callbacks.ts';
import type { FlowWorld } from './flow-world.ts';

export function postMailEvent(
  world: FlowWorld,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  return new Browser().send(`${world.issuer}/webhooks/mail`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

export function mailEvent(type: string, to: string): string {
  return JSON.stringify({ type, created_at: new Date().toISOString(), data: { to: [to] } });
}

/** Tells of a mail at the service's own time, which other tests may have moved far on. Gives the answer's status. */
export async function tellOfMail(world: FlowWorld, type: string, to: string): Promise<number> {
  const body = mailEvent(type, to);
  const { resendWebhookSecret: secret } = world.identity;
  return (await postMailEvent(world, body, svixHeaders(secret, body, world.now()))).status;
}
