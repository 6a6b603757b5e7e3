// Escaping for the HTML shells. Only what `html` made is placed as it is; every other value is escaped.

/** A piece of HTML that is safe to place in a page. Made by `html`, never from a person's text. */
export class Markup {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** What `html` takes between its braces; `undefined` and `false` place nothing. */
export type MarkupValue = string | number | Markup | readonly Markup[] | undefined | false;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text so that it is safe in an element's content and in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Builds HTML from a template; attributes must be quoted in it. */
export function html(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  let source = strings[0] ?? '';
  values.forEach((value, index) => {
    source += place(value) + (strings[index + 1] ?? '');
  });
  return new Markup(source);
}

function place(value: MarkupValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Markup) return value.source;
  if (typeof value === 'object') return value.map((piece) => piece.source).join('');
  return escapeHtml(String(value));
}
