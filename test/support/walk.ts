// One walk through everything that a browser and a site ask of the service, request by request, with a name for each.
// The round-trip test counts what each asks of the store, the benchmark measures it.
import { createHash } from 'node:crypto';
import type { PendingTotpWire } from '../../worker/interaction/wire.ts';
import { authorizeAttempt, type AuthorizeAttempt, Journey } from '../flow/person.ts';
import { FIRST_SITE } from '../flow/flow-world.ts';
import type { ClientRegistration } from '../world/worker-variables.ts';
import { type Answer, Browser } from './browser.ts';
import type { InProcessService } from './in-process.ts';
import { makePerson, mailedCode, pendingOf, type Person } from './in-process-person.ts';
import { totpCode, wrongTotpCode } from './totp.ts';
import { walkFactors } from './walk-factors.ts';

/** The site that is signed in to on the walk; the service must know it. */
export const WALKED_SITE: ClientRegistration = {
  client_id: FIRST_SITE.clientId,
  name: 'The first site',
  organization: 'example',
  redirect_uris: [FIRST_SITE.callback],
  post_logout_redirect_uris: [`${FIRST_SITE.callback}/bye`],
  token_endpoint_auth_method: 'client_secret_post',
  client_secret_sha256: createHash('sha256').update(FIRST_SITE.secret).digest('base64url'),
};

/** Does one request of the walk. Whoever observes counts or measures around it. */
export type Observe = <T extends Answer>(
  name: string,
  status: number,
  request: () => Promise<T>,
) => Promise<T>;

/** Walks once, with people and browsers of its own. Needs the organisation `example`. */
export async function walk(service: InProcessService, observe: Observe): Promise<void> {
  await publicRequests(service, observe);
  const person = await makePerson(service);
  const browser = new Browser();
  const attempt = authorizeAttempt(service.issuer, FIRST_SITE);
  const pending = await firstSignIn(service, observe, person, browser, attempt.url);
  await atTheSite(service, observe, browser, attempt);
  const uri = await ownFactors(service, observe, browser, pending);
  await laterSignIn(service, observe, person, uri);
  await walkFactors(service, observe);
}

async function publicRequests({ issuer }: InProcessService, observe: Observe): Promise<void> {
  const browser = new Browser();
  const get = (path: string) => (): Promise<Answer> => browser.open(issuer + path);
  await observe('health', 200, get('/healthz'));
  await observe('discovery', 200, get('/.well-known/openid-configuration'));
  await observe('JWKS', 200, get('/.well-known/jwks.json'));
  await observe('page of a set-up link', 200, get('/setup'));
  const page = await observe('page after signing out', 200, get('/signed-out'));
  const asset = /href="(\/assets\/[^"]+\.css)"/.exec(page.text)?.[1] ?? '';
  await observe('asset', 200, get(asset));
  await observe('unknown address', 404, get('/nothing-here'));
}

async function firstSignIn(
  service: InProcessService,
  observe: Observe,
  { email, password }: Person,
  browser: Browser,
  url: string,
): Promise<PendingTotpWire> {
  const begun = await observe('authorize without a session', 303, () => browser.open(url));
  const pageUrl = begun.location ?? '';
  await observe('page of an interaction', 200, () => browser.open(pageUrl));
  const journey = await Journey.begin(browser, pageUrl);
  const post = (name: string, status: number, step: string, body: unknown): Promise<Answer> =>
    observe(name, status, () => journey.post(step, body));

  await observe('view of an interaction', 200, () => browser.getJson(journey.api));
  await post('identify', 200, 'identify', { email });
  await post('wrong password', 401, 'password', { password: 'not the password of anybody' });
  await post('password, then a mailbox code', 200, 'password', { password });
  service.advance(60);
  await post('mailbox code again', 200, 'address-code', {});
  await post('wrong mailbox code', 401, 'address', { code: 'x' });
  await post('mailbox code', 200, 'address', { code: mailedCode(service, email) });
  const started = await post('start of an enrolment', 200, 'enrollment', { kind: 'totp' });
  const pending = pendingOf(started.json() as Parameters<typeof pendingOf>[0]);
  const { enrollmentId, uri } = pending;
  await post('confirmation of an enrolment', 200, 'enrollment/confirm', {
    enrollmentId,
    code: totpCode(uri, service.now()),
    name: 'First',
  });
  service.advance(30);
  await post('recovery codes are saved', 200, 'recovery-codes', {});
  return pending;
}

async function atTheSite(
  { issuer }: InProcessService,
  observe: Observe,
  browser: Browser,
  attempt: AuthorizeAttempt,
): Promise<void> {
  const again = authorizeAttempt(issuer, FIRST_SITE);
  const back = await observe('authorize with a live session', 303, () => browser.open(again.url));
  const site = new Browser();
  const answer = await observe('code for tokens', 200, () =>
    site.postForm(`${issuer}/token`, tokenRequest(again, back.location), FIRST_SITE.callback),
  );
  const { access_token: token } = answer.json() as { readonly access_token: string };
  const authorization = `Bearer ${token}`;
  await observe('userinfo', 200, () => site.send(`${issuer}/userinfo`, { headers: { authorization } }));
  await observe('silent authorize', 303, () => browser.open(`${attempt.url}&prompt=none`));
}

/** Makes the fields with which a site redeems the code of its callback's address. */
export function tokenRequest(
  attempt: AuthorizeAttempt,
  callback: string | undefined,
): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    code: new URL(callback ?? '').searchParams.get('code') ?? '',
    redirect_uri: FIRST_SITE.callback,
    code_verifier: attempt.verifier,
    client_id: FIRST_SITE.clientId,
    client_secret: FIRST_SITE.secret,
  };
}

async function ownFactors(
  service: InProcessService,
  observe: Observe,
  browser: Browser,
  first: PendingTotpWire,
): Promise<string> {
  const api = `${service.issuer}/api/account`;
  const post = (name: string, path: string, body: unknown): Promise<Answer> =>
    observe(name, 200, () => browser.postJson(`${api}/${path}`, body));
  await observe('account page', 200, () => browser.open(`${service.issuer}/account`));
  await observe('account', 200, () => browser.getJson(api));
  const started = await post('start of another factor', 'enrollments', { kind: 'totp' });
  const { enrollmentId, uri } = started.json() as PendingTotpWire;
  await post('confirmation of another factor', 'enrollments/confirm', {
    enrollmentId,
    code: totpCode(uri, service.now()),
    name: 'Second',
  });
  await post('disabling a factor', `enrollments/${first.enrollmentId}/disable`, {
    code: totpCode(first.uri, service.now()),
  });
  service.advance(30);
  await post('signing out of the account', 'sign-out', {});
  return uri;
}

async function laterSignIn(
  service: InProcessService,
  observe: Observe,
  { email, password }: Person,
  uri: string,
): Promise<void> {
  const browser = new Browser();
  const attempt = authorizeAttempt(service.issuer, FIRST_SITE);
  const journey = await Journey.begin(browser, attempt.url);
  const post = (name: string, status: number, step: string, body: unknown): Promise<Answer> =>
    observe(name, status, () => journey.post(step, body));
  await journey.go('identify', { email });
  const asked = await post('password, then the app', 200, 'password', { password });
  const { factors } = asked.json() as { readonly factors: readonly { readonly enrollmentId: string }[] };
  const enrollmentId = factors[0]?.enrollmentId ?? '';
  await post('wrong code of the app', 401, 'challenge', {
    enrollmentId,
    code: wrongTotpCode(uri, service.now()),
  });
  const done = await post('code of the app', 200, 'challenge', {
    enrollmentId,
    code: totpCode(uri, service.now()),
  });
  service.advance(30);
  const { continue: path } = done.json() as { readonly continue: string };
  const back = await observe('back to the site', 303, () => browser.open(service.issuer + path));
  const tokens = await new Browser().postForm(
    `${service.issuer}/token`,
    tokenRequest(attempt, back.location),
    FIRST_SITE.callback,
  );
  const { id_token: hint } = tokens.json() as { readonly id_token: string };
  const logout = `${service.issuer}/end_session?id_token_hint=${hint}`;
  await observe('signing out at the site', 303, () => browser.open(logout));
  await observe('signing out without a session', 303, () => browser.open(logout));
}
