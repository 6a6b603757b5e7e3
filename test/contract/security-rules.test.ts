// SECURITY.md claims nothing that no test shows: each rule and bug that it lists as held stands in a test's title.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY_ROOT } from '../world/repository-root.ts';

const document = await readFile(join(REPOSITORY_ROOT, 'SECURITY.md'), 'utf8');
const titles = await readTitles('');

/** Rules of what a screen does, which only a browser can show. All others are the server's, on workerd and on Deno. */
const OF_SCREENS: readonly string[] = ['S06', 'S24'];

const held = [...document.matchAll(/^\| (S\d+a?) +\| held +\|/gm)].map(([, rule = '']) => rule);

describe('SECURITY.md', () => {
  it('has a test on both runtimes for every rule that it lists as held, but for those of screens', async () => {
    expect(held.length).toBeGreaterThan(40);
    // The suites in test/flow run on either runtime, and so does each test in test/runtime.
    const onRuntimes = [...(await readTitles('flow')), ...(await readTitles('runtime'))];
    expect(held.filter((rule) => !OF_SCREENS.includes(rule) && !names(rule, onRuntimes))).toEqual([]);
  });

  it('has a test in a browser for every rule of screens', async () => {
    expect(OF_SCREENS.filter((rule) => !held.includes(rule))).toEqual([]);
    const inBrowser = await readTitles('browser');
    expect(OF_SCREENS.filter((rule) => !names(rule, inBrowser))).toEqual([]);
  });

  it('has a test for every bug that it lists', () => {
    const [, section = ''] = document.split('## Bugs that others shipped');
    const [listed = ''] = section.split('The parts that these need');
    const bugs = [...listed.matchAll(/(?:^|· ?|\n)(\d{1,2}) (?=[a-z`])/g)].map(
      ([, bug = '']) => `bug ${bug}`,
    );
    expect(bugs.length).toBeGreaterThan(30);
    expect(bugs.filter((bug) => !names(bug, titles))).toEqual([]);
  });
});

/** Whether a title begins with the number, alone or among others, before its first colon. */
function names(number: string, among: readonly string[]): boolean {
  const word = new RegExp(`(?:^|[ ,(])${number}(?![\\da-z])`);
  const group = /bugs ((?:\d+(?:, | and )?)+)/g;
  return among.some((title) => {
    const [head = ''] = title.split(':');
    if (word.test(head)) return true;
    const bug = /^bug (\d+)$/.exec(number)?.[1];
    return (
      bug !== undefined &&
      [...head.matchAll(group)].some(([, list = '']) => list.split(/, | and /).includes(bug))
    );
  });
}

/** Gives the titles of tests below a folder of `test/`, also those that stand first in the rows of a table. */
async function readTitles(folder: string): Promise<string[]> {
  const root = join(REPOSITORY_ROOT, 'test', folder);
  const files = (await readdir(root, { recursive: true })).filter((file) => /\.(test|suite)\.ts$/.test(file));
  const sources = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
  return sources.flatMap((source) => [
    ...[...source.matchAll(/\b(?:it|test|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])([\s\S]*?)\1/g)].map(
      ([, , title = '']) => title,
    ),
    ...(/\.each\([\s\S]*?\)\(\s*['"`]%s/.test(source)
      ? [...source.matchAll(/^\s*\[(?:\s*)(['"`])(S\d+a?\b.*?)\1/gm)].map(([, , title = '']) => title)
      : []),
  ]);
}
