import type { AuditPort } from '../ports/audit.ts';

/**
 * Makes the audit port: one JSON object a line, given to `write` without its line end.
 *
 * JSON escapes the line ends of ASCII; those of Unicode, and all that could steer a terminal or turn the reading
 * direction, are escaped too, so that what people send can't forge or hide a line (S70).
 */
export function createConsoleAudit(write: (line: string) => void): AuditPort {
  return {
    record(event) {
      write(toLine({ ...event, line: 'event' }));
    },
    fault({ requestId, name, message }) {
      write(toLine({ line: 'fault', requestId, name, message }));
    },
  };
}

function toLine(entry: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(entry).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    // A character beyond the first plane is two units, and JSON escapes each.
    (letter) =>
      letter
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
  );
}
