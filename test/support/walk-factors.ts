// The part of the walk that goes through factors that codes are sent to, recovery, and what a member changes of the account.
import type {
  AccountView,
  InteractionView,
  NewRecoveryCodes,
  PendingWire,
} from '../../worker/interaction/wire.ts';
import { mobileNumber } from '../flow/factors.ts';
import { FIRST_SITE } from '../flow/flow-world.ts';
import { authorizeAttempt, Journey } from '../flow/person.ts';
import { type Answer, Browser } from './browser.ts';
import type { InProcessService } from './in-process.ts';
import { mailedCode, mailedToken, makePerson, type Person, textedCode } from './in-process-person.ts';
import type { Observe } from './walk.ts';

/** What the password is changed to on the walk. */
export const NEW_PASSWORD = 'a lantern for the orbit of tangerines';
/** Walks with two people: one whose first factor is a phone, one whose first factor is the mailbox. */
export async function walkFactors(service: InProcessService, observe: Observe): Promise<void> {
  const paced: Observe = (name, status, request) => {
    // Providers take a few messages a second, and the clock stands still by itself.
    service.advance(1);
    return observe(name, status, request);
  };
  await phoneFirst(service, paced, await makePerson(service));
  const member = await mailboxFirst(service, paced, await makePerson(service));
  await waysBackIn(service, paced, member);
}

/** Gives a function that posts a step of a journey. */
function poster(
  observe: Observe,
  journey: Journey,
): (name: string, status: number, step: string, body: unknown) => Promise<InteractionView> {
  return async (name, status, step, body) =>
    (await observe(name, status, () => journey.post(step, body))).json() as InteractionView;
}

/** Gives a function that posts to the account. */
function accountPoster(
  service: InProcessService,
  observe: Observe,
  browser: Browser,
): (name: string, path: string, body: unknown, status?: number) => Promise<AccountView> {
  return async (name, path, body, status = 200) =>
    (
      await observe(name, status, () => browser.postJson(`${service.issuer}/api/account/${path}`, body))
    ).json() as AccountView;
}

function waiting(view: InteractionView): PendingWire {
  if (view.step !== 'enrollment' || !view.pending) throw new Error(`Nothing waits at ${view.step}.`);
  return view.pending;
}

function idOf(view: AccountView, kind: 'phone' | 'email'): string {
  return view.enrollments.find((one) => one.kind === kind)?.enrollmentId ?? 'none';
}

function begin(service: InProcessService, browser = new Browser()): Promise<Journey> {
  return Journey.begin(browser, authorizeAttempt(service.issuer, FIRST_SITE).url);
}

async function provenMailbox(service: InProcessService, { email, password }: Person): Promise<Journey> {
  const journey = await begin(service);
  service.advance(1);
  await journey.firstFactor(email, password);
  await journey.go('address', { code: mailedCode(service, email) });
  return journey;
}

async function phoneFirst(service: InProcessService, observe: Observe, person: Person): Promise<void> {
  const journey = await provenMailbox(service, person);
  const post = poster(observe, journey);
  const number = mobileNumber();
  const phone = { kind: 'phone', number, channel: 'text' };
  const { enrollmentId } = waiting(await post('start of a phone', 200, 'enrollment', phone));
  service.advance(60);
  await post('code again for what is set up', 200, 'enrollment/code', { channel: 'text' });
  const confirm = { enrollmentId, name: 'My number' };
  await post('wrong code of a new phone', 401, 'enrollment/confirm', { ...confirm, code: 'x' });
  await post('confirmation of a phone', 200, 'enrollment/confirm', {
    ...confirm,
    code: textedCode(service, number),
  });
  await post('recovery codes again', 200, 'recovery-codes/renew', {});
  await journey.go('recovery-codes', {});

  const { browser } = journey;
  const own = accountPoster(service, observe, browser);
  await browser.open(`${service.issuer}/account`);
  await own('code to prove a factor', `enrollments/${enrollmentId}/code`, { channel: 'text' });
  await own('proof of the old number', `enrollments/${enrollmentId}/verify`, {
    code: textedCode(service, number),
  });
  const other = mobileNumber();
  const started = await observe('start of another number', 200, () =>
    browser.postJson(`${service.issuer}/api/account/enrollments`, {
      ...phone,
      number: other,
      replaces: enrollmentId,
    }),
  );
  await own('confirmation of another number', 'enrollments/confirm', {
    enrollmentId: (started.json() as PendingWire).enrollmentId,
    code: textedCode(service, other),
    name: 'My new number',
  });
}

/** A member with a mailbox and a phone, and the recovery codes that are good. */
interface Factored extends Person {
  readonly number: string;
  readonly phoneId: string;
  readonly emailId: string;
  readonly recoveryCodes: readonly string[];
}

async function mailboxFirst(service: InProcessService, observe: Observe, person: Person): Promise<Factored> {
  const journey = await provenMailbox(service, person);
  await poster(observe, journey)('set-up of the proven mailbox', 200, 'enrollment', { kind: 'email' });
  await journey.go('recovery-codes', {});
  const { browser } = journey;
  const own = accountPoster(service, observe, browser);
  await browser.open(`${service.issuer}/account`);
  const changed = await changeAccount(service, observe, browser, person);
  const number = mobileNumber();
  const started = await observe('start of another phone', 200, () =>
    browser.postJson(`${service.issuer}/api/account/enrollments`, { kind: 'phone', number, channel: 'text' }),
  );
  const { enrollmentId: phoneId } = started.json() as PendingWire;
  service.advance(60);
  await own('code again for another phone', 'enrollments/code', { channel: 'text' });
  const code = textedCode(service, number);
  const confirm = { enrollmentId: phoneId, code, name: 'My number' };
  const emailId = idOf(await own('confirmation of another phone', 'enrollments/confirm', confirm), 'email');
  await own('default factor', `enrollments/${phoneId}/default`, {});
  return { ...changed, number, phoneId, emailId };
}

/** Everything but factors; gives who they are then. */
async function changeAccount(
  service: InProcessService,
  observe: Observe,
  browser: Browser,
  person: Person,
): Promise<Person & { readonly recoveryCodes: readonly string[] }> {
  const own = accountPoster(service, observe, browser);
  const { password } = person;
  const account = await own('changing the name', 'profile', { name: 'Pat Newman', language: 'da' });
  await own('naming a factor', `enrollments/${idOf(account, 'email')}/rename`, { name: 'My mailbox' });
  await own('wrong password at a change', 'password', { current: 'wrong', password: NEW_PASSWORD }, 401);
  await own('changing the password', 'password', { current: password, password: NEW_PASSWORD });
  const email = `new-${person.email}`;
  await own('code to a new address', 'email', { email });
  await own('new address', 'email/confirm', { code: mailedCode(service, email) });
  const notices = `notices-${person.email}`;
  await own('code to a second address', 'notice-email', { email: notices });
  await own('second address', 'notice-email/confirm', { code: mailedCode(service, notices) });
  await own('giving the second address up', 'notice-email/remove', {});
  const made = await observe('new recovery codes', 200, () =>
    browser.postJson(`${service.issuer}/api/account/recovery-codes`, {}),
  );
  const { codes } = made.json() as NewRecoveryCodes;
  return { email, name: 'Pat Newman', password: NEW_PASSWORD, recoveryCodes: codes };
}

/** Later sign-ins by mail and by text, then all that is left when a factor or the password is gone. */
async function waysBackIn(service: InProcessService, observe: Observe, member: Factored): Promise<void> {
  // The codes that were asked for so far use up the ten minutes.
  service.advance(600);
  const { email, password, number, phoneId, emailId } = member;
  const byMail = await begin(service);
  await byMail.firstFactor(email, password);
  const mail = poster(observe, byMail);
  await mail('code by mail', 200, 'challenge/code', { enrollmentId: emailId });
  await mail('wrong code by mail', 401, 'challenge', { enrollmentId: emailId, code: 'x' });
  const mailed = { enrollmentId: emailId, code: mailedCode(service, email) };
  await mail('code by mail is right', 200, 'challenge', mailed);

  const byPhone = await begin(service);
  await byPhone.firstFactor(email, password);
  const phone = poster(observe, byPhone);
  await phone('code by call', 200, 'challenge/code', { enrollmentId: phoneId, channel: 'call' });
  service.advance(60);
  await phone('code by text', 200, 'challenge/code', { enrollmentId: phoneId, channel: 'text' });
  const texted = { enrollmentId: phoneId, code: textedCode(service, number) };
  await phone('code by text is right', 200, 'challenge', texted);
  await endAndRemove(service, observe, byPhone.browser, member);

  const recovered = await begin(service);
  await recovered.firstFactor(email, password);
  const recover = poster(observe, recovered);
  await recover('call for help', 200, 'help', {});
  const [code = ''] = member.recoveryCodes;
  const wrong = { code: 'ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ', lost: [emailId] };
  await recover('wrong recovery code', 401, 'recovery', wrong);
  await recover('recovery code', 200, 'recovery', { code, lost: [emailId] });

  const forgotten = await begin(service);
  await forgotten.go('identify', { email });
  await poster(observe, forgotten)('forgotten password', 200, 'forgot-password', {});
  await mailedLinks(service, observe, member);
}

async function endAndRemove(
  service: InProcessService,
  observe: Observe,
  browser: Browser,
  { number, phoneId }: Factored,
): Promise<void> {
  const own = accountPoster(service, observe, browser);
  await browser.open(`${service.issuer}/account`);
  const view = (await browser.getJson(`${service.issuer}/api/account`)).json() as AccountView;
  const other = view.sessions.find(({ isThis }) => !isThis)?.sid ?? 'none';
  await own('ending one session', `sessions/${other}/end`, {});
  await own('ending all other sessions', 'sessions/end-others', {});
  await browser.postJson(`${service.issuer}/api/account/enrollments/${phoneId}/code`, { channel: 'text' });
  const code = textedCode(service, number);
  await own('disabling a phone', `enrollments/${phoneId}/disable`, { code });
}

async function mailedLinks(service: InProcessService, observe: Observe, { email }: Factored): Promise<void> {
  const { issuer } = service;
  const browser = new Browser();
  const post = (name: string, path: string, body: object): Promise<Answer> =>
    observe(name, 200, () => browser.postJson(`${issuer}/api/${path}`, body));
  await observe('page of a new password', 200, () => browser.open(`${issuer}/reset`));
  const token = mailedToken(service, email, 'reset');
  await post('link of a new password', 'reset/inspect', { token });
  await post('new password by mail', 'reset', { token, password: `${NEW_PASSWORD} again` });
  await observe('page of "this was not me"', 200, () => browser.open(`${issuer}/not-me`));
  await post('"this was not me"', 'not-me', { token: mailedToken(service, email, 'not-me') });
}
