// Reads TwiML as far as the service writes it: https://www.twilio.com/docs/voice/twiml. Where Twilio would speak of an
// "application error" to whoever is called, this says what is wrong.

/** What a document asks and says. */
export interface Twiml {
  /** The words in their order. */
  readonly lines: readonly string[];
  /** Where a pressed key is told, when one is asked for. */
  readonly keyUrl?: string;
}

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  Response: [],
  Gather: [
    'input',
    'action',
    'method',
    'timeout',
    'finishOnKey',
    'numDigits',
    'language',
    'actionOnEmptyResult',
  ],
  Say: ['voice', 'language', 'loop'],
  Pause: ['length'],
  Hangup: [],
};
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  '': ['Response'],
  Response: ['Gather', 'Say', 'Pause', 'Hangup'],
  Gather: ['Say', 'Pause'],
};

/** Reads a document; a text says what is wrong with it. */
export function parseTwiml(xml: string): Twiml | string {
  const pieces = xml.replace(/^\s*<\?xml [^>]*\?>\s*/, '').split(/(<[^>]*>)/);
  const open: string[] = [];
  const lines: string[] = [];
  let keyUrl: string | undefined;
  for (const piece of pieces) {
    const inside = open.at(-1) ?? '';
    if (!piece.startsWith('<')) {
      if (inside === 'Say') lines.push(unescapeXml(piece));
      else if (piece.trim() !== '') return `Text is only allowed in <Say>: ${piece.trim()}`;
      continue;
    }
    if (piece.startsWith('</')) {
      if (piece !== `</${open.pop() ?? ''}>`) return `${piece} closes nothing.`;
      continue;
    }
    const [, name = '', rest = '', isEmpty] = /^<([A-Za-z]+)((?:\s[^>]*?)?)(\/?)>$/.exec(piece) ?? [];
    if (INSIDE[inside]?.includes(name) !== true) return `${piece} can't be here.`;
    const attributes = new Map(
      Array.from(rest.matchAll(/\s+([A-Za-z]+)="([^"<]*)"/g), ([, key = '', value = '']) => [
        key,
        unescapeXml(value),
      ]),
    );
    if (rest.replace(/\s+[A-Za-z]+="[^"<]*"/g, '').trim() !== '') return `${piece} is not well-formed.`;
    const unknown = [...attributes.keys()].find((key) => ATTRIBUTES[name]?.includes(key) !== true);
    if (unknown !== undefined) return `<${name}> has no attribute ${unknown}.`;
    if (name === 'Gather') keyUrl = attributes.get('action');
    if (isEmpty === '') open.push(name);
  }
  if (open.length > 0) return `<${open.join('><')}> is not closed.`;
  return { lines: lines.map((line) => line.trim()), ...(keyUrl === undefined ? {} : { keyUrl }) };
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
