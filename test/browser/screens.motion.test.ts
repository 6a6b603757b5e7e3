import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import * as accounts from './screens.account.views.ts';
import { ANSWERS } from './screens.admin.play.ts';
import { API, LOAD, setUpScreens, type Script } from './screens.play.ts';
import { view, type Answer } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();

/**
 * Gives what may move on the page, through all shadow roots, by what the browser has computed: for example
 * `input#email: border-color 0.08s` and `span.spinner: turn 0.8s`.
 */
function motions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const elementsIn = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((each) => [
        each,
        ...(each.shadowRoot ? elementsIn(each.shadowRoot) : []),
      ]);
    const lasts = (seconds: string): boolean => parseFloat(seconds) > 0;
    const nameOf = (element: Element): string => {
      const mark = element.id
        ? `#${element.id}`
        : element.classList.length > 0
          ? `.${element.classList.value}`
          : '';
      return element.localName + mark;
    };
    const found = elementsIn(document).flatMap((element) =>
      [undefined, '::before', '::after'].flatMap((pseudo) => {
        const style = getComputedStyle(element, pseudo);
        const transitions = style.transitionDuration.split(', ');
        return [
          ...style.transitionProperty
            .split(', ')
            .map((property, at) => [property, transitions[at % transitions.length] ?? '0s'] as const),
          [style.animationName, style.animationDuration] as const,
        ]
          .filter(([what, seconds]) => what !== 'none' && lasts(seconds))
          .map(([what, seconds]) => `${nameOf(element)}${pseudo ?? ''}: ${what} ${seconds}`);
      }),
    );
    return [...new Set(found)];
  });
}

const never: Answer = { hold: new Promise(() => undefined) };

const PAGES: readonly {
  readonly what: string;
  readonly script: Script;
  readonly path?: string;
  readonly reach: (page: Page) => Promise<void>;
  /** What moves for whoever has nothing against it. */
  readonly moving: readonly string[];
}[] = [
  {
    what: 'a field, and a button whose work is under way',
    script: { [LOAD]: view(views.identify), [`POST ${API}/identify`]: never },
    reach: async (page) => {
      await page.getByLabel('Email').fill('editor@example.com');
      await page.keyboard.press('Enter');
      await page.locator('.spinner').waitFor();
    },
    moving: [
      'input#email: border-color 0.08s',
      'button#button: background-color 0.06s',
      'span.spinner: turn 0.8s',
    ],
  },
  {
    what: 'a list of things to choose from',
    script: { [LOAD]: view(views.kinds) },
    reach: async (page) => {
      await page.getByRole('button', { name: /^Phone/ }).hover();
    },
    moving: ['button.way: border-color 0.08s'],
  },
  {
    what: 'the account with a dialog over it',
    path: '/account',
    script: { 'GET /api/account': view(accounts.account) },
    reach: async (page) => {
      await page.getByRole('button', { name: 'Change Name' }).click();
      await page.getByRole('dialog').waitFor();
    },
    moving: ['button#button: background-color 0.06s'],
  },
  {
    what: 'the administration with a dialog over it',
    path: '/admin#/example/members/ada',
    script: ANSWERS,
    reach: async (page) => {
      await page.getByRole('button', { name: 'Exempt', exact: true }).click();
      await page.getByRole('dialog').waitFor();
    },
    moving: ['button#button: background-color 0.06s', 'input#reason: border-color 0.08s'],
  },
];

test.each(PAGES)(
  'less motion: nothing moves where none is wanted, $what',
  async ({ script, path, reach }) => {
    const page = await screens.open(script, {}, path);
    await reach(page);
    expect(await motions(page)).toEqual([]);
  },
);

test.each(PAGES)('less motion: otherwise it does, $what', async ({ script, path, reach, moving }) => {
  const page = await screens.open(script, { motion: true }, path);
  await reach(page);
  expect(await motions(page)).toEqual(expect.arrayContaining([...moving]));
});
