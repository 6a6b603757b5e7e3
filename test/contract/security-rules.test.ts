// SECURITY.md claims nothing that no test shows: each rule and bug that it lists as held stands in a test's title.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY_ROOT } from '../world/repository-root.ts';

const document = await readFile(join(REPOSITORY_ROOT, 'SECURITY.md'), 'utf8');
const titles = await readTitles();

describe('SECURITY.md', () => {
  it('has a test for every rule that it lists as held', () => {
    const held = [...document.matchAll(/^\| (S\d+a?) +\| held +\|/gm)].map(([, rule = '']) => rule);
    expect(held.length).toBeGreaterThan(40);
    expect(held.filter((rule) => !names(rule))).toEqual([]);
  });

  it('has a test for every bug that it lists', () => {
    const [, section = ''] = document.split('## Bugs that others shipped');
    const [listed = ''] = section.split('The parts that these need');
    const bugs = [...listed.matchAll(/(?:^|· ?|\n)(\d{1,2}) (?=[a-z`])/g)].map(
      ([, bug = '']) => `bug ${bug}`,
    );
    expect(bugs.length).toBeGreaterThan(30);
    expect(bugs.filter((bug) => !names(bug))).toEqual([]);
  });
});

/** Whether a title begins with the number, alone or among others, before its first colon. */
function names(number: string): boolean {
  const word = new RegExp(`(?:^|[ ,(])${number}(?![\\da-z])`);
  const group = /bugs ((?:\d+(?:, | and )?)+)/g;
  return titles.some((title) => {
    const [head = ''] = title.split(':');
    if (word.test(head)) return true;
    const bug = /^bug (\d+)$/.exec(number)?.[1];
    return (
      bug !== undefined &&
      [...head.matchAll(group)].some(([, list = '']) => list.split(/, | and /).includes(bug))
    );
  });
}

async function readTitles(): Promise<string[]> {
  const folder = join(REPOSITORY_ROOT, 'test');
  const files = (await readdir(folder, { recursive: true })).filter((file) =>
    /\.(test|suite)\.ts$/.test(file),
  );
  const sources = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return sources.flatMap((source) =>
    [...source.matchAll(/\b(?:it|test|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])([\s\S]*?)\1/g)].map(
      ([, , title = '']) => title,
    ),
  );
}
