// The people of the walk, with what each of them has at the moment: made through the service's own doors.
import type { FactorKind } from '../../worker/assurance/policy.ts';
import type { AccountView } from '../../worker/interaction/wire.ts';
import { Journey } from '../flow/person.ts';
import { Browser } from './browser.ts';
import { memberWithEverything } from './in-process-factors.ts';
import { mailedCode, makePerson, type Person } from './in-process-person.ts';
import type { InProcessService } from './in-process.ts';

/** A factor that somebody has: an app with its address, a phone with its number, or the mailbox. */
export interface Owned {
  readonly kind: FactorKind;
  readonly enrollmentId: string;
  readonly uri?: string;
  readonly number?: string;
}

export interface Walked extends Person {
  factors: Owned[];
  recoveryCodes: readonly string[];
  /** Recovery codes that were used or voided. */
  readonly spentCodes: string[];
  /** How often a change has ended all sessions of the account. */
  ended: number;
}

/** Makes somebody with an app, the mailbox and a phone. */
export async function withEveryFactor(service: InProcessService, number: string): Promise<Walked> {
  const { app, mail, phone, recoveryCodes, ...person } = await memberWithEverything(service, number);
  const factors: Owned[] = [
    { kind: 'totp', ...app },
    { kind: 'email', enrollmentId: mail },
    { kind: 'phone', ...phone },
  ];
  return { ...person, factors, recoveryCodes, spentCodes: [], ended: 0 };
}

/** Makes somebody who has a password alone. */
export async function withoutFactor(service: InProcessService): Promise<Walked> {
  return { ...(await makePerson(service)), factors: [], recoveryCodes: [], spentCodes: [], ended: 0 };
}

/** Makes somebody whose mailbox is their only factor; the service must demand one and accept mailboxes. */
export async function withMailboxAlone(service: InProcessService): Promise<Walked> {
  const person = await withoutFactor(service);
  const browser = new Browser();
  const journey = await Journey.begin(browser, `${service.issuer}/account`);
  service.advance(1);
  await journey.firstFactor(person.email, person.password);
  await journey.go('address', { code: mailedCode(service, person.email) });
  const view = await journey.go('enrollment', { kind: 'email' });
  if (view.step !== 'recovery_codes' || !view.codes) throw new Error(`No recovery codes at ${view.step}.`);
  const account = (await browser.getJson(`${service.issuer}/api/account`)).json() as AccountView;
  const enrollmentId = account.enrollments[0]?.enrollmentId ?? '';
  return { ...person, factors: [{ kind: 'email', enrollmentId }], recoveryCodes: view.codes };
}
