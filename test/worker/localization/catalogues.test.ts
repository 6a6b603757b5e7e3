// Both catalogues, that of the service and that of the screens: every language says the same things, and nothing that
// nobody reads. Types hold the first for missing keys; here it is held for values, and for what types can't see.
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { da as screensDa } from '../../../backoffice-plugin/localization/da.ts';
import { administration as administrationDa } from '../../../backoffice-plugin/localization/da/administration.ts';
import { en as screensEn } from '../../../backoffice-plugin/localization/en.ts';
import { administration as administrationEn } from '../../../backoffice-plugin/localization/en/administration.ts';
import { da as serviceDa } from '../../../worker/localization/da.ts';
import { en as serviceEn } from '../../../worker/localization/en.ts';
import { LANGUAGES } from '../../../worker/localization/language.ts';
import { parseSource, readSources, type Source, visit } from '../../architecture/sources.ts';
import { REPOSITORY_ROOT } from '../../world/repository-root.ts';

type Texts = Readonly<Record<string, string>>;

const CATALOGUES: readonly {
  readonly of: string;
  readonly folder: string;
  readonly texts: Readonly<Record<'en' | 'da', Texts>>;
}[] = [
  { of: 'the service', folder: 'worker', texts: { en: serviceEn, da: serviceDa } },
  {
    of: 'the screens',
    folder: 'backoffice-plugin',
    texts: { en: { ...screensEn, ...administrationEn }, da: { ...screensDa, ...administrationDa } },
  },
];

/** What is said alike in English and in Danish: names, and words that are both. */
const ALIKE: ReadonlySet<string> = new Set([
  'admin.organization',
  'admin.role.admin',
  'admin.title',
  'app.name',
  'account.organization',
  'fact.reference',
  'recoveryCodes.download',
  'time.utc',
]);

let sources: readonly Source[];

beforeAll(async () => {
  sources = await readSources(REPOSITORY_ROOT);
});

describe.each(CATALOGUES)('the words of $of', ({ folder, texts }) => {
  const readers = (): Source[] =>
    sources.filter(
      ({ path }) =>
        path.startsWith(`${folder}/`) && !new RegExp(`^${folder}/localization/(en|da)[./]`).test(path),
    );

  test('are there in every language', () => {
    expect(Object.keys(texts).toSorted()).toEqual(LANGUAGES.toSorted());
  });

  test('have the same keys in every language', () => {
    expect(Object.keys(texts.da).toSorted()).toEqual(Object.keys(texts.en).toSorted());
  });

  test('have the same values to put in', () => {
    expect(differentValues(texts.en, texts.da)).toEqual([]);
  });

  test('are translated', () => {
    expect(alike(texts.en, texts.da)).toEqual([]);
  });

  test('have every form that a count asks for', () => {
    for (const language of LANGUAGES) {
      expect(missingForms(language, texts[language], counted(readers()))).toEqual([]);
    }
  });

  test('are all read by somebody', () => {
    expect(unused(Object.keys(texts.en), readers())).toEqual([]);
  });

  test('would be missed if nobody read them', () => {
    const made = ['page.madeUp.title', 'challenge.madeUp', 'code.subject.made.up'];
    expect(unused(made, readers())).toEqual(made);
  });
});

describe('what the checks would find', () => {
  test('a value that one language lacks', () => {
    expect(differentValues({ a: '{x} {y}', b: '{x}' }, { a: '{y}', b: 'til {x}' })).toEqual(['a']);
    expect(
      differentValues({ 'a.one': 'one', 'a.other': '{count}' }, { 'a.one': '{count}', 'a.other': '' }),
    ).toEqual(['a.other']);
  });

  test('a text that was not translated', () => {
    expect(alike({ a: 'Sign in', b: 'Name' }, { a: 'Log ind', b: 'Name' })).toEqual(['b']);
  });

  test('a form that is missing', () => {
    const stems = counted([
      parseSource('worker/made-up.ts', "plural('a', 1); words.plural('b', count); text('c')"),
    ]);
    expect(missingForms('en', { 'a.one': '', 'b.one': '', 'b.other': '', 'c.one': '' }, stems)).toEqual([
      'a.other',
    ]);
  });

  test('a key that no source names, whole or by a template', () => {
    const text =
      "say('a.b'); plural('c.d', 2); text(`e.${kind}`); text(`f.${kind}.title`); `${all}`; // 'g.h'";
    const keys = ['a.b', 'a.c', 'c.d.one', 'c.d.title', 'e.x', 'e.x.y', 'f.x.title', 'f.x.text', 'g.h'];
    expect(unused(keys, [parseSource('worker/made-up.ts', text)])).toEqual([
      'a.c',
      'c.d.title',
      'e.x.y',
      'f.x.text',
      'g.h',
    ]);
  });
});

const FORM = /\.(?:zero|one|two|few|many|other)$/;

function valuesIn(text = ''): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].toSorted();
}

/** A form for one may do without its count: "one minute". */
function differentValues(one: Texts, other: Texts): string[] {
  return Object.keys(one).filter((key) => {
    const [ours, theirs] = [one[key], other[key]].map((text) =>
      valuesIn(text).filter((name) => !(key.endsWith('.one') && name === 'count')),
    );
    return JSON.stringify(ours) !== JSON.stringify(theirs);
  });
}

function alike(one: Texts, other: Texts): string[] {
  const words = (text = ''): string => text.replaceAll(/\{\w+\}/g, '').trim();
  return Object.keys(one).filter(
    (key) => !ALIKE.has(key) && /\p{L}/u.test(words(one[key])) && one[key] === other[key],
  );
}

function missingForms(language: string, texts: Texts, stems: readonly string[]): string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return stems.flatMap((stem) => forms.map((form) => `${stem}.${form}`)).filter((key) => !(key in texts));
}

/** The stems that are said by count. */
function counted(readers: readonly Source[]): string[] {
  const stems = new Set<string>();
  for (const { tree } of readers) {
    if (!tree) continue;
    visit(tree, (node) => {
      if (!ts.isCallExpression(node) || !/(^|\.)plural$/.test(node.expression.getText(tree))) return;
      const [stem] = node.arguments;
      if (stem && ts.isStringLiteralLike(stem)) stems.add(stem.text);
    });
  }
  return [...stems];
}

/**
 * Gives the keys that no source names: as a whole, by the stem of its forms, or by a template whose text before the
 * first value ends a part of the key (`problem.${code}`); a value stands for one part.
 */
function unused(keys: readonly string[], readers: readonly Source[]): string[] {
  const whole = new Set<string>();
  const templates = new Set<string>();
  for (const { tree } of readers) {
    if (!tree) continue;
    visit(tree, (node) => {
      if (ts.isStringLiteralLike(node)) whole.add(node.text);
      else if (ts.isTemplateExpression(node) && node.head.text.endsWith('.')) templates.add(patternOf(node));
    });
  }
  const patterns = [...templates].map((pattern) => new RegExp(`^${pattern}$`));
  const named = (key: string): boolean => whole.has(key) || patterns.some((pattern) => pattern.test(key));
  return keys.filter((key) => !named(key) && !(FORM.test(key) && named(key.replace(FORM, ''))));
}

function patternOf({ head, templateSpans }: ts.TemplateExpression): string {
  const escaped = (text: string): string => text.replaceAll(/[^\w]/g, '\\$&');
  return escaped(head.text) + templateSpans.map(({ literal }) => `[^.]+${escaped(literal.text)}`).join('');
}
