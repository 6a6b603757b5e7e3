import { describe, expect, test } from 'vitest';
import { renderFormPost } from '../../../worker/pages/form-post.ts';
import { createPages } from '../../../worker/pages/pages.ts';

const MANIFEST = {
  page: { file: 'page.css', name: 'page', isEntry: true },
  interaction: { file: 'interaction.js', name: 'interaction', isEntry: true },
};
const pages = createPages(
  {
    read: (path) =>
      Promise.resolve(
        path === 'manifest.json'
          ? { body: new Blob([JSON.stringify(MANIFEST)]).stream(), contentType: 'application/json' }
          : undefined,
      ),
  },
  'Penumbra',
);

describe('a page is in one language, and says which', () => {
  test.each([
    ['en', 'needs JavaScript'],
    ['da', 'Du skal bruge JavaScript'],
  ] as const)('with an element: %s', async (lang, said) => {
    const shell = { entry: 'interaction', title: 'Title', nonce: 'n', csrfToken: 'c' } as const;
    const page = await (await pages.shell({ ...shell, lang })).text();
    expect(page).toContain(`<html lang="${lang}">`);
    expect(page).toContain(said);
  });

  test.each(['en', 'da'] as const)('with a message: %s', async (lang) => {
    const page = await (await pages.message(200, { lang, title: 'Title', text: 'Text' })).text();
    expect(page).toContain(`<html lang="${lang}">`);
  });

  test.each([
    ['en', 'Returning to the site', 'Continue'],
    ['da', 'Du sendes tilbage til webstedet', 'Fortsæt'],
  ] as const)('with an answer to a site: %s', (lang, title, button) => {
    const page = renderFormPost({ action: 'https://site.example/', fields: {}, nonce: 'n', lang });
    expect(page).toContain(`<html lang="${lang}">`);
    expect(page).toContain(`<title>${title}</title>`);
    expect(page).toContain(`<button>${button}</button>`);
  });
});
