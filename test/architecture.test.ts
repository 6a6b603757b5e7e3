// The layout of the repository as rules: who may import what, and how a file looks. Each rule is first shown sources
// that break it, since a rule that finds nothing might not look.
import { beforeAll, describe, expect, it } from 'vitest';
import { LAYER_RULES } from './architecture/layers.ts';
import { MANNER_RULES } from './architecture/manners.ts';
import { parseSource, readSources, readTopLevel, type Source } from './architecture/sources.ts';
import { REPOSITORY_ROOT } from './world/repository-root.ts';

let sources: readonly Source[];

beforeAll(async () => {
  sources = await readSources(REPOSITORY_ROOT);
});

describe.each([...LAYER_RULES, ...MANNER_RULES])(
  'design, layout: $title',
  ({ broken, wrong, right = [] }) => {
    it.each(wrong)('would find it in %s (%#)', (path, text) => {
      expect(broken([parseSource(path, text)])).toHaveLength(1);
    });

    it('finds nothing where nothing is wrong', () => {
      expect(right.flatMap(([path, text]) => broken([parseSource(path, text)]))).toEqual([]);
    });

    it('holds', () => {
      expect(broken(sources)).toEqual([]);
    });
  },
);

describe('design, layout: the top level', () => {
  const allowed =
    /^(package(-lock)?\.json|tsconfig(\.base)?\.json|wrangler\.toml|deno\.json|README\.md|LICENSE|(SECURITY|CONTRIBUTING|CHANGELOG)\.md|worker|backoffice-plugin|test|docs|\..+|[\w.]+\.config\.(ts|js|mjs))$/;

  it('holds only what the layout names, documents, dotfiles and configuration of tools', async () => {
    const names = await readTopLevel(REPOSITORY_ROOT);
    expect(names).toContain('worker');
    expect(names.filter((name) => !allowed.test(name))).toEqual([]);
  });

  it.each(['src', 'lib', 'scripts', 'notes.md', 'index.ts'])('would find %s', (name) => {
    expect(name).not.toMatch(allowed);
  });
});

describe('the reading of sources', () => {
  it('reads every kind of import', () => {
    const text = `
import a from 'a';
import type { B } from './b.ts';
import { type C, type D } from '../c.ts';
import { type E, f } from './e.ts';
import './side-effect.ts';
export * from './g.ts';
export type { H } from './h.ts';
const i = await import('./i.ts');
type J = import('./j.ts').J;
// import k from './comment.ts';
const l = "import x from './text.ts'";
`;
    const { imports } = parseSource('worker/x/y.ts', text);
    expect(imports.map(({ target, typeOnly }) => [target, typeOnly])).toEqual([
      ['a', false],
      ['worker/x/b.ts', true],
      ['worker/c.ts', true],
      ['worker/x/e.ts', false],
      ['worker/x/side-effect.ts', false],
      ['worker/x/g.ts', false],
      ['worker/x/h.ts', true],
      ['worker/x/i.ts', false],
      ['worker/x/j.ts', true],
    ]);
  });

  it('reads the whole tree', () => {
    const paths = sources.map(({ path }) => path);
    expect(paths).toContain('worker/app.ts');
    expect(paths).toContain('backoffice-plugin/api/client.ts');
    expect(paths).toContain('test/architecture.test.ts');
    expect(paths).toContain('vite.config.ts');
    expect(paths.length).toBeGreaterThan(200);
  });
});
