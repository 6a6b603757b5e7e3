import type { Language } from '../localization/language.ts';
import { wordsOf } from '../localization/words.ts';
import { renderFrame } from './frame.ts';
import { html } from './markup.ts';
import { hiddenFields } from './message.ts';

export interface FormPost {
  /** The validated redirect URI; the page's `form-action` must allow its origin and no other. */
  readonly action: string;
  /** The parameters of the authorization response. */
  readonly fields: Readonly<Record<string, string>>;
  readonly nonce: string;
  readonly lang: Language;
}

/**
 * Writes the page that carries an authorization response by POST. It posts itself; without scripts a button does.
 * It loads no styles, so that nothing delays the answer.
 * @see OAuth 2.0 Form Post Response Mode, section 2
 */
export function renderFormPost(page: FormPost): string {
  const { text } = wordsOf(page.lang);
  return renderFrame({
    title: text('page.formPost.title'),
    lang: page.lang,
    stylesheets: [],
    body: html`<form method="post" action="${page.action}">
        ${hiddenFields(page.fields)}
        <noscript
          ><p>${text('page.formPost.text')}</p>
          <button>${text('page.formPost.continue')}</button></noscript
        >
      </form>
      <script nonce="${page.nonce}">
        document.forms[0].submit();
      </script>`,
  });
}
