// People and journeys for the load: made by the service itself in this process, with a cheap stand-in for the password
// hash alone, then met by the same service under workerd.
import type { PasswordHasherPort } from '../../worker/ports/password-hasher.ts';
import { FIRST_SITE } from '../flow/flow-world.ts';
import { authorizeAttempt, type AuthorizeAttempt, Journey } from '../flow/person.ts';
import { Browser } from '../support/browser.ts';
import type { InProcessService } from '../support/in-process.ts';
import { makePerson, reachSecret, type Person } from '../support/in-process-person.ts';
import { totpCode } from '../support/totp.ts';
import { tokenRequest } from '../support/walk.ts';
import type { Prepared } from './load.ts';

/** Text in place of a hash: it makes people in no time, and protects nobody. */
export const CHEAP_HASHER: PasswordHasherPort = {
  hash: (password) => Promise.resolve({ status: 'done', value: `cheap:${password}` }),
  verify: (password, phc) => Promise.resolve({ status: 'done', value: phc === `cheap:${password}` }),
};

export interface Enrolled extends Person {
  readonly uri: string;
  readonly enrollmentId: string;
  /** Signed in. */
  readonly browser: Browser;
}

/** Makes somebody who is signed in with an app. The clock stays where it is: everybody has a code of their own. */
export async function enroll(service: InProcessService): Promise<Enrolled> {
  const person = await makePerson(service);
  const browser = new Browser();
  const journey = await Journey.begin(browser, authorizeAttempt(service.issuer, FIRST_SITE).url);
  const { uri, enrollmentId } = await reachSecret(service, journey, person);
  const code = totpCode(uri, service.now());
  await journey.go('enrollment/confirm', { enrollmentId, code, name: 'My phone' });
  await journey.go('recovery-codes', {});
  return { ...person, uri, enrollmentId, browser };
}

/** Prepares authorization requests of a signed-in browser, each another one. */
export function prepareAuthorize(
  service: InProcessService,
  browser: Browser,
  count: number,
): readonly { readonly attempt: AuthorizeAttempt; readonly request: Prepared }[] {
  return Array.from({ length: count }, () => {
    const attempt = authorizeAttempt(service.issuer, FIRST_SITE);
    return {
      attempt,
      request: { method: 'GET', path: pathOf(attempt.url), headers: headersOf(browser, attempt.url) },
    };
  });
}

/** Prepares the redemption of a code that the service sent to the callback. */
export function prepareToken(attempt: AuthorizeAttempt, callback: string | undefined): Prepared {
  return {
    method: 'POST',
    path: '/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'cf-connecting-ip': '10.200.0.1' },
    body: new URLSearchParams(tokenRequest(attempt, callback)).toString(),
  };
}

/** Takes a new sign-in of the person to the app's code. Gives the request that answers it at a time (epoch seconds). */
export async function prepareChallenge(
  service: InProcessService,
  { email, password, uri, enrollmentId }: Enrolled,
): Promise<(at: number) => Prepared> {
  const journey = await Journey.begin(new Browser(), authorizeAttempt(service.issuer, FIRST_SITE).url);
  await journey.firstFactor(email, password);
  return (at) => prepareStep(journey, 'challenge', { enrollmentId, code: totpCode(uri, at) });
}

/** Takes a sign-in of nobody to the password. Gives the request with a password that is wrong. */
export async function preparePassword(service: InProcessService, index: number): Promise<Prepared> {
  const journey = await Journey.begin(new Browser(), authorizeAttempt(service.issuer, FIRST_SITE).url);
  await journey.go('identify', { email: `nobody-${index}@example.com` });
  return prepareStep(journey, 'password', { password: 'not the password of anybody' });
}

function prepareStep({ api, browser }: Journey, step: string, body: object): Prepared {
  const url = `${api}/${step}`;
  return {
    method: 'POST',
    path: pathOf(url),
    headers: {
      ...headersOf(browser, url),
      origin: new URL(url).origin,
      'content-type': 'application/json',
      'x-csrf-token': browser.csrfToken(url) ?? '',
    },
    body: JSON.stringify(body),
  };
}

function headersOf(browser: Browser, url: string): Record<string, string> {
  const { host } = new URL(url);
  return { host, cookie: browser.cookies.header(new URL(url)), 'cf-connecting-ip': browser.address };
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
