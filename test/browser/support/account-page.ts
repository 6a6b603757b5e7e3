// The account page of the portal as a person meets it.
import type { Locator, Page } from 'playwright-core';

export class AccountPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Asks for a code before an app is disabled. */
  get dialog(): Locator {
    return this.#page.getByRole('dialog');
  }
  get dialogCode(): Locator {
    return this.dialog.getByLabel('Code');
  }

  /** Gives the names of the apps, in order. */
  apps(): Promise<string[]> {
    const list = this.#page.getByRole('list', { name: 'Your authenticator apps' });
    return list.getByRole('listitem').locator('strong').allInnerTexts();
  }

  disable(app: string): Locator {
    return this.#page.getByRole('button', { name: `Disable ${app}` });
  }
}
