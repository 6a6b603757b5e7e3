// What a person does in a browser, one request after another: the shortest way through, for tests that are about
// something else, and single steps for tests that leave it.
import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { InteractionView, PendingTotpWire, Problem } from '../../worker/interaction/wire.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { readMailedCode } from '../support/outbox-reader.ts';
import { totpCode } from '../support/totp.ts';
import type { FlowWorld, TestSite } from './flow-world.ts';

/** An authorization request as a site makes it, with the verifier that it keeps. */
export interface AuthorizeAttempt {
  readonly url: string;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

export function authorizeAttempt(
  issuer: string,
  site: TestSite,
  changes: Readonly<Record<string, string | undefined>> = {},
): AuthorizeAttempt {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(8).toString('hex');
  const nonce = randomBytes(8).toString('hex');
  const parameters: Record<string, string | undefined> = {
    client_id: site.clientId,
    redirect_uri: site.callback,
    response_type: 'code',
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  const url = new URL('/authorize', issuer);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value);
  return { url: url.href, verifier, state, nonce };
}

/** One interaction in one browser. */
export class Journey {
  readonly browser: Browser;
  readonly api: string;

  private constructor(browser: Browser, api: string) {
    this.browser = browser;
    this.api = api;
  }

  /** Begins at an address (authorize, /account) and loads the page of the interaction that it leads to. */
  static async begin(browser: Browser, url: string): Promise<Journey> {
    const page = await browser.follow(url);
    const id = /\/interaction\/([^/?#]+)$/.exec(page.url)?.[1];
    if (page.status !== 200 || id === undefined)
      throw new Error(`No interaction: ${page.status} ${page.url}`);
    return new Journey(browser, new URL(`/api/interactions/${id}`, page.url).href);
  }

  post(step: string, body: unknown): Promise<Answer> {
    return this.browser.postJson(`${this.api}/${step}`, body);
  }

  /** Posts a step that must succeed. */
  async go(step: string, body: unknown): Promise<InteractionView> {
    const answer = await this.post(step, body);
    if (answer.status !== 200) throw new Error(`${step}: ${answer.status} ${answer.text}`);
    return answer.json() as InteractionView;
  }

  async view(): Promise<InteractionView> {
    return (await this.browser.getJson(this.api)).json() as InteractionView;
  }

  /** Reads the view again, as the screen does, until it tells what became of the mailbox code: within five seconds (S72). */
  async toldDelivery(
    delivery: 'sent' | 'failed',
  ): Promise<Extract<InteractionView, { step: 'confirm_address' }>> {
    await expect
      .poll(async () => (await this.view()) as object, { timeout: 5000, interval: 50 })
      .toMatchObject({ step: 'confirm_address', delivery });
    const view = await this.view();
    if (view.step !== 'confirm_address') throw new Error(`No mailbox code at ${view.step}.`);
    return view;
  }

  /** Email and password. */
  async firstFactor(email: string, password: string): Promise<InteractionView> {
    await this.go('identify', { email });
    return this.go('password', { password });
  }
}

export function problemOf(answer: Answer): Problem {
  return answer.json() as Problem;
}

export interface Enrolled {
  readonly email: string;
  readonly password: string;
  readonly enrollmentId: string;
  /** The `otpauth://` address. */
  readonly uri: string;
  /** Signed in. */
  readonly browser: Browser;
}

/** Makes a person, signs in to the portal and enrols an app on the way. The clock is then moved past the code used. */
export async function enrolledPerson(world: FlowWorld, organization?: string): Promise<Enrolled> {
  const { email, password } = await world.person(organization === undefined ? {} : { organization });
  const browser = new Browser();
  const journey = await Journey.begin(browser, `${world.issuer}/account`);
  const pending = await reachEnrollment(world, journey, email, password);
  await journey.go('enrollment/confirm', {
    enrollmentId: pending.enrollmentId,
    code: totpCode(pending.uri, world.now()),
    name: 'My phone',
  });
  await journey.go('recovery-codes', {});
  await world.advance(30);
  return { email, password, enrollmentId: pending.enrollmentId, uri: pending.uri, browser };
}

/** Goes through password and mailbox code to a secret that waits for its first code. */
export async function reachEnrollment(
  world: FlowWorld,
  journey: Journey,
  email: string,
  password: string,
): Promise<PendingTotpWire> {
  await journey.firstFactor(email, password);
  await journey.go('address', { code: await readMailedCode(world.outbox, email) });
  const view = await journey.go('enrollment', { kind: 'totp' });
  return pendingApp(view);
}

/** Gives the secret of an app that a view shows. */
export function pendingApp(view: InteractionView): PendingTotpWire {
  if (view.step !== 'enrollment' || view.pending?.kind !== 'totp')
    throw new Error(`No secret at ${view.step}.`);
  return view.pending;
}

/** Signs in with password and app; gives where the browser is sent at the end. Moves the clock past the code used. */
export async function signIn(
  world: FlowWorld,
  browser: Browser,
  url: string,
  person: Enrolled,
): Promise<string> {
  const journey = await Journey.begin(browser, url);
  await journey.firstFactor(person.email, person.password);
  const view = await journey.go('challenge', {
    enrollmentId: person.enrollmentId,
    code: totpCode(person.uri, world.now()),
  });
  await world.advance(30);
  if (view.step !== 'done') throw new Error(`Not signed in: ${view.step}`);
  return new URL(view.continue, world.issuer).href;
}
