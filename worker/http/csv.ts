// Comma-separated values (RFC 4180) for people who open them in a spreadsheet.

/** Gives the type and the name of a download. */
export function downloadHeaders(type: 'text/csv' | 'application/jsonl', fileName: string): HeadersInit {
  return {
    'content-type': `${type}; charset=utf-8`,
    'content-disposition': `attachment; filename="${fileName}"`,
    'cache-control': 'no-store',
  };
}

/**
 * Writes one line. What a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line end)
 * becomes text by an apostrophe before it: names and devices are what anybody chose to send.
 */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[\s\0"']*[=+\-@＝＋－＠|%]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",;\r\n\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
