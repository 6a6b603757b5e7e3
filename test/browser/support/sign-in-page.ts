// The pages of a sign-in as a person meets them: what is asked, and how it is answered.
import type { Locator, Page } from 'playwright-core';
import { codeIn, digitsIn } from '../../flow/factors.ts';
import { readMailedCode } from '../../support/outbox-reader.ts';
import { totpCode } from '../../support/totp.ts';
import type { BrowserWorld } from './browser-world.ts';
import type { Message } from '../../world/outbox/message-store.ts';
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

  /** Chooses one of the listed kinds or ways, by its name. */
  async choose(name: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  }

  /** From the list of kinds to the key of an app. */
  async chooseApp(): Promise<void> {
    await this.reach('Set up a second factor');
    await this.choose('Authenticator app');
  }

  /** Finds the message of which the page shows the reference. */
  async newestMessage(to: string): Promise<Message> {
    const reference = await this.page.locator('.reference').innerText();
    const shown = new RegExp(`[Rr]eference:? ${reference}\\b`);
    return this.#world.outbox.next((message) => message.to === to && shown.test(message.text));
  }

  /** Reads the code that the page waits for. */
  async readCode(to: string): Promise<string> {
    return codeIn(await this.newestMessage(to));
  }

  /** Answers the newest call to a number, presses a key, and hears the code. */
  async hearCode(to: string): Promise<string> {
    const call = await this.#world.outbox.next((one) => one.to === to && one.channel === 'call');
    return digitsIn(await this.#world.outbox.answerCall(call.id));
  }

  /** Reads the recovery codes, says that they are saved, and goes on. */
  async saveRecoveryCodes(): Promise<readonly string[]> {
    await this.reach('Save your recovery codes');
    const codes = this.page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    const shown = await codes.allInnerTexts();
    await this.page.getByLabel('I have saved these').check();
    await this.button('Continue').click();
    return shown;
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
