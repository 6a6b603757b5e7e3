// People of the in-process service with every kind of factor, set up through the service's own doors.
import type { AccountView, PendingSentWire, PendingTotpWire } from '../../worker/interaction/wire.ts';
import { Journey } from '../flow/person.ts';
import { Browser } from './browser.ts';
import { makePerson, pendingOf, mailedCode, type Person } from './in-process-person.ts';
import type { InProcessService } from './in-process.ts';
import { totpCode } from './totp.ts';

export interface Everything extends Person {
  app: { readonly enrollmentId: string; readonly uri: string };
  /** Id of the mailbox as a factor. */
  readonly mail: string;
  readonly phone: { readonly enrollmentId: string; readonly number: string };
  readonly recoveryCodes: string[];
  /** Signed in at the portal. */
  readonly browser: Browser;
}

/** Makes a member with an app, the mailbox, a phone and recovery codes. */
export async function memberWithEverything(service: InProcessService, number: string): Promise<Everything> {
  const person = await makePerson(service);
  const browser = new Browser();
  const journey = await Journey.begin(browser, `${service.issuer}/account`);
  await journey.firstFactor(person.email, person.password);
  await service.settled();
  await journey.go('address', { code: mailedCode(service, person.email) });
  const app: PendingTotpWire = pendingOf(await journey.go('enrollment', { kind: 'totp' }));
  const made = await journey.go('enrollment/confirm', {
    enrollmentId: app.enrollmentId,
    code: totpCode(app.uri, service.now()),
    name: 'My phone',
  });
  if (made.step !== 'recovery_codes' || !made.codes) throw new Error(`No recovery codes at ${made.step}.`);
  await journey.go('recovery-codes', {});
  await browser.open(`${service.issuer}/account`);
  const api = `${service.issuer}/api/account/enrollments`;
  service.advance(61);
  const mail = await addSent(service, browser, api, { kind: 'email' }, () =>
    mailedCode(service, person.email),
  );
  service.advance(61);
  const phone = await addSent(service, browser, api, { kind: 'phone', number, channel: 'text' }, () =>
    textedCode(service, number),
  );
  service.advance(30);
  return {
    ...person,
    app: { enrollmentId: app.enrollmentId, uri: app.uri },
    mail,
    phone: { enrollmentId: phone, number },
    recoveryCodes: [...made.codes],
    browser,
  };
}

/** Reads the newest code that was texted to a number. */
export function textedCode({ texts }: InProcessService, number: string): string {
  const text = texts.findLast(({ to }) => to === number)?.body ?? '';
  return /#(\d{6})\s*$/.exec(text)?.[1] ?? '';
}

async function addSent(
  service: InProcessService,
  browser: Browser,
  api: string,
  body: object,
  read: () => string,
): Promise<string> {
  const started = await browser.postJson(api, body);
  if (started.status !== 200) throw new Error(`Not started: ${started.status} ${started.text}`);
  const { enrollmentId } = started.json() as PendingSentWire;
  await service.settled();
  const done = await browser.postJson(`${api}/confirm`, { enrollmentId, code: read(), name: 'Second' });
  if (done.status !== 200) throw new Error(`Not confirmed: ${done.status} ${done.text}`);
  const { enrollments } = done.json() as AccountView;
  return enrollments.at(-1)?.enrollmentId ?? '';
}
