// Comma-separated values (RFC 4180), read with the number of each line.

export interface CsvRow {
  /** From 1, the heading among them. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Reads rows; empty lines are left out. `undefined`: a quotation mark is never closed, from the line on that it gives. */
export function parseCsv(text: string): { readonly rows: readonly CsvRow[]; readonly unclosed?: number } {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let value = '';
  let isQuoted = false;
  let line = 1;
  let rowLine = 1;
  const separator = /^[^\r\n",]*;/.test(text) ? ';' : ',';
  const endCell = (): void => {
    cells.push(value);
    value = '';
  };
  const endRow = (): void => {
    endCell();
    if (cells.some((one) => one.trim() !== '')) rows.push({ line: rowLine, cells });
    cells = [];
  };
  const clean = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  for (let at = 0; at < clean.length; at += 1) {
    const sign = clean.charAt(at);
    if (isQuoted) {
      if (sign === '\n') line += 1;
      if (sign !== '"') value += sign;
      else if (clean.charAt(at + 1) === '"') {
        value += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && value.trim() === '') {
      value = '';
      isQuoted = true;
    } else if (sign === separator) endCell();
    else if (sign === '\n') {
      endRow();
      line += 1;
      rowLine = line;
    } else value += sign;
  }
  if (isQuoted) return { rows, unclosed: rowLine };
  endRow();
  return { rows };
}
