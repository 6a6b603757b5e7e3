// The pages of a sign-in as a person meets them: what is asked, and how it is answered.
import type { Locator, Page } from 'playwright-core';
import { readMailedCode } from '../../support/outbox-reader.ts';
import { totpCode } from '../../support/totp.ts';
import type { BrowserWorld } from './browser-world.ts';
import { readQrCode } from './qr-reader.ts';

export interface Person {
  readonly email: string;
  readonly password: string;
}

export class SignInPage {
  readonly page: Page;
  readonly #world: BrowserWorld;

  constructor(world: BrowserWorld, page: Page) {
    this.#world = world;
    this.page = page;
  }

  get email(): Locator {
    return this.page.getByLabel('Email');
  }
  get password(): Locator {
    return this.page.getByLabel('Password', { exact: true });
  }
  get code(): Locator {
    return this.page.getByLabel('Code', { exact: true });
  }

  /** Waits until that is told. */
  async expectProblem(words: string | RegExp): Promise<void> {
    await this.page.getByRole('alert').filter({ hasText: words }).waitFor();
  }

  /** Waits for the page with that heading. */
  async reach(heading: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** From the site's start page to the first question. */
  async beginAtSite(): Promise<void> {
    await this.chooseAtSite();
    await this.reach('Sign in');
  }

  /** From the site's start page on; where that leads depends on who is signed in at the service. */
  async chooseAtSite(): Promise<void> {
    await this.page.goto(this.#world.backoffice);
    await this.page.getByRole('button', { name: 'Sign in with Penumbra' }).click();
  }

  async giveEmail(email: string): Promise<void> {
    await this.email.fill(email);
    await this.page.keyboard.press('Enter');
    await this.reach('Enter your password');
  }

  async givePassword(password: string): Promise<void> {
    await this.password.fill(password);
    await this.page.keyboard.press('Enter');
  }

  async giveFirstFactor(person: Person): Promise<void> {
    await this.giveEmail(person.email);
    await this.givePassword(person.password);
  }

  /** Types the code from the mailbox; it is sent at its last digit. */
  async proveMailbox(person: Person): Promise<void> {
    await this.reach('Check your mail');
    await this.code.fill(await readMailedCode(this.#world.outbox, person.email));
  }

  /** Reads the key from a picture of the page, as a phone does. */
  async scanKey(): Promise<string> {
    await this.reach('Set up an authenticator app');
    const picture = this.page.getByRole('img', { name: /QR code/ });
    await picture.scrollIntoViewIfNeeded();
    return readQrCode(this.page);
  }

  /** Reads the key as it is written beside the picture. */
  async readKey(): Promise<string> {
    const key = await this.page.getByText(/^(?:[A-Z2-7]{4}\s?){8}$/).innerText();
    return key.replaceAll(/\s/g, '');
  }

  /** Types the first code of a new app. The service's clock is then moved past it. */
  async confirmApp(uri: string, name?: string): Promise<void> {
    await this.code.fill(totpCode(uri, this.#world.now()));
    if (name !== undefined) await this.page.getByLabel('Name', { exact: true }).fill(name);
    await this.button('Verify').click();
    await this.#used(() => this.page.getByRole('heading', { name: 'Set up an authenticator app' }));
  }

  /** Types the code that the app shows; it is sent at its last digit. The service's clock is then moved past it. */
  async giveCode(uri: string): Promise<void> {
    await this.reach('Enter your code');
    await this.code.fill(totpCode(uri, this.#world.now()));
    await this.#used(() => this.page.getByRole('heading', { name: 'Enter your code' }));
  }

  /** Waits until the backoffice of the site is there. */
  async reachBackoffice(): Promise<void> {
    await this.page.waitForURL(`${this.#world.backoffice}/**`);
    await this.page.getByRole('tab', { name: 'Content' }).waitFor();
  }

  /** From the backoffice, by its own button, to the site's page for people who are signed out. */
  async signOutOfBackoffice(): Promise<void> {
    // The panel asks twice what it may offer. Signing out meanwhile would have the site refuse the answer.
    let asked = 0;
    const offered = this.page.waitForResponse((response) => {
      if (response.url().endsWith('/user/current/configuration')) asked += 1;
      return asked === 2;
    });
    await this.page.getByRole('button', { name: /^User profile for/ }).click();
    await offered;
    await this.page.getByRole('button', { name: 'Logout' }).click();
    await this.page.waitForURL(`${this.#world.backoffice}/logout`);
    await this.page.getByRole('button', { name: 'Sign in with Penumbra' }).waitFor();
  }

  // A code counts once (S33), so whatever comes next needs the one of the next step.
  async #used(screen: () => Locator): Promise<void> {
    await screen().waitFor({ state: 'detached' });
    await this.#world.advance(30);
  }
}
