// The portal as a signed-in person's browser uses it, one request after another.
import { expect } from 'vitest';
import type { AccountView, PendingTotpWire } from '../../worker/interaction/wire.ts';
import type { Answer, Browser } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import type { FlowWorld } from './flow-world.ts';
import { type Enrolled, problemOf } from './person.ts';
import { memberWithApp } from './shortcut.ts';

export interface App {
  readonly enrollmentId: string;
  readonly uri: string;
}

/** The account page in one browser. A code that is left out is the right one of that moment. */
export class Portal {
  readonly world: FlowWorld;
  readonly browser: Browser;

  constructor(world: FlowWorld, browser: Browser) {
    this.world = world;
    this.browser = browser;
  }

  /** Loads the page, which brings the token for changes. */
  async open(): Promise<void> {
    expect((await this.browser.open(`${this.world.issuer}/account`)).status).toBe(200);
  }

  read(): Promise<Answer> {
    return this.browser.getJson(this.api());
  }

  async view(): Promise<AccountView> {
    return (await this.read()).json() as AccountView;
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.browser.postJson(this.api(path), body, headers);
  }

  start(renew = false): Promise<Answer> {
    return this.post('/enrollments', { kind: 'totp', renew });
  }

  confirm({ enrollmentId, uri }: App, code = totpCode(uri, this.world.now())): Promise<Answer> {
    return this.post('/enrollments/confirm', { enrollmentId, code, name: 'My tablet' });
  }

  disable({ enrollmentId, uri }: App, code = totpCode(uri, this.world.now())): Promise<Answer> {
    return this.post(`/enrollments/${enrollmentId}/disable`, { code });
  }

  /** Adds an app; the clock is moved past the code used. */
  async addApp(): Promise<App> {
    const pending = await this.pending();
    expect((await this.confirm(pending)).status).toBe(200);
    await this.world.advance(30);
    return pending;
  }

  /** A seed that waits for its first code. */
  async pending(renew = false): Promise<PendingTotpWire> {
    return (await this.start(renew)).json() as PendingTotpWire;
  }

  api(path = ''): string {
    return `${this.world.issuer}/api/account${path}`;
  }
}

/** Gives somebody with an app who has just signed in at the portal. */
export async function atPortal(
  world: FlowWorld,
): Promise<{ readonly person: Enrolled; readonly portal: Portal }> {
  const person = await memberWithApp(world);
  const portal = new Portal(world, person.browser);
  await portal.open();
  return { person, portal };
}

export function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, problemOf(answer).code]).toEqual([status, code]);
}
