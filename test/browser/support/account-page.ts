// The account page of the portal as a person meets it.
import type { Locator, Page } from 'playwright-core';

export class AccountPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Whatever is asked over the page: a code, a name, an address. */
  get dialog(): Locator {
    return this.#page.getByRole('dialog');
  }
  get dialogCode(): Locator {
    return this.dialog.getByLabel('Code', { exact: true });
  }

  /** Gives the names of the factors, in order. */
  methods(): Promise<string[]> {
    return this.#page
      .getByRole('list', { name: 'Your methods' })
      .getByRole('listitem')
      .locator('strong')
      .allInnerTexts();
  }

  /** All that is said of one factor. */
  method(name: string): Locator {
    return this.#page
      .getByRole('list', { name: 'Your methods' })
      .getByRole('listitem')
      .filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  /** A button of the page, or of what is asked over it. */
  button(name: string, within: Page | Locator = this.#page): Locator {
    return within.getByRole('button', { name, exact: true });
  }

  remove(method: string): Locator {
    return this.button(`Remove ${method}`);
  }

  /** Waits until the page tells that. */
  async told(words: string | RegExp): Promise<void> {
    await this.#page.getByRole('status').filter({ hasText: words }).waitFor();
  }

  /** The row of one's own details with that label. */
  detail(label: string): Locator {
    return this.#page.locator('dl.rows > div').filter({ has: this.#page.locator('dt', { hasText: label }) });
  }
}
