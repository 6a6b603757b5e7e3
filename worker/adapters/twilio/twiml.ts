// Writes TwiML: what a call says and asks. https://www.twilio.com/docs/voice/twiml

/** The language and the voice of each language that the service speaks. */
const VOICES: Readonly<Record<string, { readonly language: string; readonly voice: string }>> = {
  da: { language: 'da-DK', voice: 'Polly.Naja' },
  en: { language: 'en-GB', voice: 'Polly.Amy' },
};

/**
 * Greets, and asks for a key; what was pressed goes to `speakUrl`. The greeting is heard twice, a key counts at any time
 * of it and for ten seconds after it; without one the call ends. No code is in it (S28).
 */
export function greetingTwiml(greeting: string, language: string, speakUrl: string): string {
  const say = sayElement(greeting, language);
  // Any key: without finishOnKey="" a hash would be no answer.
  const asked = `numDigits="1" finishOnKey="" method="POST" timeout="10" action="${escapeXml(speakUrl)}"`;
  return document(`<Gather ${asked}>${say}<Pause length="2"/>${say}</Gather>`);
}

/** Speaks the lines with a pause behind each, after which the call ends. */
export function speechTwiml(lines: readonly string[], language: string): string {
  return document(lines.map((line) => `${sayElement(line, language)}<Pause length="1"/>`).join(''));
}

function document(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`;
}

function sayElement(text: string, tag: string): string {
  const known = VOICES[tag.toLowerCase().split('-')[0] ?? ''];
  // The default voice speaks only a few languages, and reads Danish as if it were English.
  const attributes = known
    ? `language="${known.language}" voice="${known.voice}"`
    : `language="${escapeXml(tag)}"`;
  return `<Say ${attributes}>${escapeXml(text)}</Say>`;
}

function escapeXml(text: string): string {
  return (
    text
      // XML 1.0 has no way to write these.
      .replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;')
  );
}
