// People of the in-process service: made through its own doors, with the mail that it sent read from the recording port.
import { randomUUID } from 'node:crypto';
import type { InteractionView, PendingTotpWire } from '../../worker/interaction/wire.ts';
import type { Journey } from '../flow/person.ts';
import { openOperatorApi } from '../world/operator-api.ts';
import { DEMO_PASSWORD } from '../world/seed.ts';
import type { InProcessService } from './in-process.ts';
import { Browser } from './browser.ts';
import { totpCode } from './totp.ts';

export interface Person {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Makes the organisation that the tests' people belong to; once for a service. */
export async function makeOrganization(service: InProcessService, id = 'example'): Promise<void> {
  await (
    await openOperatorApi(service.operator, service.now())
  ).create('organizations', { id, name: 'Example' });
}

/** Makes a member who has chosen a password and has no factor. */
export async function makePerson(
  service: InProcessService,
  { organization = 'example', name = 'Pat Person' }: { organization?: string; name?: string } = {},
): Promise<Person> {
  const email = `p-${randomUUID().slice(0, 13)}@example.com`;
  const api = await openOperatorApi(service.operator, service.now());
  await api.create('members', { organization, email, name, role: 'member' });
  const answer = await fetch(`${service.operator.url}/api/setup`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: service.issuer,
      // An address of their own, so that many people use up no limit.
      'x-test-address': new Browser().address,
    },
    body: JSON.stringify({ token: setupToken(service, email), password: DEMO_PASSWORD }),
  });
  if (!answer.ok) throw new Error(`The set-up was refused: ${answer.status} ${await answer.text()}`);
  return { email, name, password: DEMO_PASSWORD };
}

/** Reads the newest set-up token that was mailed to an address. */
export function setupToken(service: InProcessService, email: string): string {
  return fromMail(service, email, /\/setup#([\w-]+)/);
}

/** Reads the newest code that was mailed to an address. */
export function mailedCode(service: InProcessService, email: string): string {
  return fromMail(service, email, /(?<!\d)(\d{8})(?!\d)/);
}

/** Reads the newest code that was sent to a number (E.164) as a text. */
export function textedCode({ texts }: InProcessService, number: string): string {
  const text = texts.findLast(({ to }) => to === number);
  const found = /^@\S+ #(\d{6})\s*$/m.exec(text?.body ?? '')?.[1];
  if (found === undefined) throw new Error(`There is no such text to ${number}.`);
  return found;
}

/** Reads the newest link to a page of the service that was mailed to an address, and gives what follows its `#`. */
export function mailedToken(service: InProcessService, email: string, page: 'reset' | 'not-me'): string {
  return fromMail(service, email, new RegExp(`/${page}#([\\w-]+)`));
}

/** Goes from the start of a journey to a secret that waits for its first code. */
export async function reachSecret(
  service: InProcessService,
  journey: Journey,
  person: Person,
): Promise<PendingTotpWire> {
  await journey.firstFactor(person.email, person.password);
  await journey.go('address', { code: mailedCode(service, person.email) });
  return pendingOf(await journey.go('enrollment', { kind: 'totp' }));
}

/** Confirms a secret with its first code, which ends the journey. The clock is then moved past the code. */
export async function confirmSecret(
  service: InProcessService,
  journey: Journey,
  pending: PendingTotpWire,
): Promise<InteractionView> {
  const code = totpCode(pending.uri, service.now());
  const view = await journey.go('enrollment/confirm', {
    enrollmentId: pending.enrollmentId,
    code,
    name: 'My phone',
  });
  service.advance(30);
  return view.step === 'recovery_codes' ? journey.go('recovery-codes', {}) : view;
}

/** Gives the secret that a view shows. */
export function pendingOf(view: InteractionView): PendingTotpWire {
  if (view.step !== 'enrollment' || view.pending?.kind !== 'totp')
    throw new Error(`No secret at ${view.step}.`);
  return view.pending;
}

function fromMail({ mails }: InProcessService, email: string, pattern: RegExp): string {
  const mail = mails.findLast(({ to, text }) => to === email && pattern.test(text));
  const found = pattern.exec(mail?.text ?? '')?.[1];
  if (found === undefined) throw new Error(`There is no such mail to ${email}.`);
  return found;
}
