// Puts a text of a catalogue together: values into their places, and the form that a count asks for. Pure; screens and
// service share it. It must not know any text, nor where a language comes from.

/** What a text can be given, by name. */
export type Values = Readonly<Record<string, string | number>>;

/** A whole language: the keys of English, each with a text. */
export type Catalogue<English> = Readonly<Record<keyof English, string>>;

/** The names in braces of a text. */
type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

type ValuesNamed<Name extends string> = [Name] extends [never]
  ? []
  : [values: Readonly<Record<Name, string | number>>];

/** The values that a text needs, by name; nothing for a text without any. */
export type ValuesOf<Text> = ValuesNamed<Names<Text>>;

/** Names what is said in several forms: `x` where there are `x.one` and `x.other`. */
export type PluralKey<English> = keyof English extends infer Key
  ? Key extends `${infer Stem}.other`
    ? Stem
    : never
  : never;

/** The values that the forms need beside `count`. */
export type PluralValues<English, Stem extends string> = ValuesNamed<
  Exclude<Names<English[`${Stem}.other` & keyof English]>, 'count'>
>;

/** Says the texts of one language. */
export interface Words<English> {
  /** BCP 47 tag. */
  readonly language: string;
  /** Gives a text with its values put in. */
  readonly text: <Key extends keyof English>(key: Key, ...values: ValuesOf<English[Key]>) => string;
  /** Gives the form for `count`, which every form may show as `{count}`. */
  readonly plural: <Stem extends PluralKey<English> & string>(
    stem: Stem,
    count: number,
    ...values: PluralValues<English, Stem>
  ) => string;
}

/** Puts values into the places that a text has for them, each once over: a value is never read as a text. */
export function fill(template: string, values: Values = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** Makes the words of a language from its catalogue. */
export function wordsFrom<English>(language: string, catalogue: Catalogue<English>): Words<English> {
  const texts: Readonly<Record<string, string>> = catalogue;
  const rules = new Intl.PluralRules(language);
  const formOf = (stem: string, count: number): string =>
    texts[`${stem}.${rules.select(count)}`] ?? texts[`${stem}.other`] ?? '';
  return {
    language,
    text: (key, ...values) => fill(catalogue[key], values[0]),
    plural: (stem: string, count: number, ...values: readonly Values[]) =>
      fill(formOf(stem, count), { ...values[0], count }),
  };
}
