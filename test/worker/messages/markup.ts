// A strict reader for the mails' HTML: every element that begins must end, in order.

const VOID = new Set(['meta', 'br', 'hr', 'img', 'input', 'link']);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"<>]*")*)\s*(\/?)>/gy;

/** Gives the names of the elements in their order; throws where the text is not well-formed. */
export function readElements(html: string): string[] {
  const source = html.replace(/^<!doctype html>/, '');
  const open: string[] = [];
  const names: string[] = [];
  for (let at = source.indexOf('<'); at >= 0; at = source.indexOf('<', TAG.lastIndex)) {
    TAG.lastIndex = at;
    const tag = TAG.exec(source);
    if (!tag) throw new Error(`No well-formed tag: ${source.slice(at, at + 80)}`);
    const [, closing, name = ''] = tag;
    if (closing) {
      const expected = open.pop();
      if (expected !== name) throw new Error(`</${name}> ends <${expected ?? 'nothing'}>.`);
    } else {
      names.push(name);
      if (!VOID.has(name)) open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`Nothing ends <${open.join('>, <')}>.`);
  return names;
}

/** The addresses in `href`. */
export function linksIn(html: string): string[] {
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
}
