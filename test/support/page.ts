// What a test reads from an HTML page of the service, without a browser.

/** A form that a page carries: where it goes and what it says. */
export interface PageForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Reads the token that the page's scripts send with every change. */
export function readCsrfToken(html: string): string | undefined {
  const [tag] = tags(html, 'meta').filter((attributes) => attributes['name'] === 'csrf-token');
  return tag?.['content'];
}

/** Reads an attribute of the first element with that name. */
export function readAttribute(html: string, element: string, attribute: string): string | undefined {
  return tags(html, element)[0]?.[attribute];
}

/** Reads the first form with its inputs; the action is made absolute against the page's own address. */
export function readForm(html: string, url: string): PageForm | undefined {
  const [form] = tags(html, 'form');
  if (form === undefined) return undefined;
  const inputs = tags(html, 'input').filter(({ name }) => name !== undefined);
  return {
    action: new URL(form['action'] ?? '', url).href,
    fields: Object.fromEntries(inputs.map(({ name = '', value = '' }) => [name, value])),
  };
}

function tags(html: string, name: string): Readonly<Record<string, string>>[] {
  const found = html.matchAll(new RegExp(`<${name}(\\s[^>]*)?>`, 'gi'));
  return [...found].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key,
        unescape(value),
      ]),
    ),
  );
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replace(/&#(?:39|x27);/g, "'")
    .replaceAll('&amp;', '&');
}
