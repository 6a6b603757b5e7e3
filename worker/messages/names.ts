// What people wrote (names of sites, organisations, members, factors) before it is put into a message.

// What breaks a line, controls something or turns the direction of reading.
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** Brings a text to one line without anything unseen, of at most `most` UTF-16 units. */
export function oneLine(text: string, most = 200): string {
  const line = text.toWellFormed().replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  let cut = '';
  for (const character of line) {
    if (cut.length + character.length > most - 3) break;
    cut += character;
  }
  return `${cut.trimEnd()}...`;
}

/**
 * Cuts a name that somebody chose (their own, or a factor's) to one line of which no mail program makes a link: it stands in
 * mails of the service to other people.
 */
export function personName(text: string, most = 200): string {
  return oneLine(text.replaceAll(/[:/\\@]+/g, ' ').replaceAll(/\.(?=[\p{L}\p{N}])/gu, '. '), most);
}
