// Reads a file of people to invite: what is wrong with a line is told with its number and what to do.
import * as v from 'valibot';
import { email, label, role } from './bodies.ts';
import { type CsvRow, parseCsv } from './csv.ts';
import type { Invited } from './invite-link.ts';

/** Lines below the heading. */
export const MOST_LINES = 1000;

export interface LineProblem {
  readonly line: number;
  readonly message: string;
}

export interface InviteFile {
  readonly people: readonly (Invited & { readonly line: number })[];
  readonly problems: readonly LineProblem[];
}

const COLUMNS = ['email', 'name', 'role'] as const;
type Column = (typeof COLUMNS)[number];

const ADVICE: Readonly<Record<Column, string>> = {
  email: 'Write an email address, such as name@example.com, in the column "email".',
  name: 'Write a name of 1 to 100 characters in the column "name".',
  role: 'Write member, admin or owner in the column "role", or leave it empty for member.',
};

/** Reads the file. Columns may come in any order; `role` may be left out. */
export function readInviteFile(csv: string): InviteFile {
  const { rows, unclosed } = parseCsv(csv);
  const [heading, ...lines] = rows;
  const columns = (heading?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const wrong = headingProblem(columns);
  if (wrong !== undefined) return { people: [], problems: [{ line: heading?.line ?? 1, message: wrong }] };
  const problems: LineProblem[] = [];
  const people: InviteFile['people'][number][] = [];
  const seen = new Map<string, number>();
  for (const row of lines.slice(0, MOST_LINES)) {
    const person = readLine(columns, row);
    if ('message' in person) problems.push(person);
    else {
      const before = seen.get(person.email);
      if (before === undefined) people.push(person);
      else
        problems.push({
          line: row.line,
          message: `Line ${before} has this address already. Remove one of them.`,
        });
      seen.set(person.email, before ?? row.line);
    }
  }
  const [beyond] = lines.slice(MOST_LINES);
  if (beyond) {
    const message = `Only ${MOST_LINES} lines are read. Put this one and those below it into another file.`;
    problems.push({ line: beyond.line, message });
  }
  if (unclosed !== undefined) {
    problems.push({
      line: unclosed,
      message: 'A quotation mark is never closed. Close it, or write two for one.',
    });
  }
  return { people, problems };
}

function headingProblem(columns: readonly string[]): string | undefined {
  const known: readonly string[] = COLUMNS;
  const isGood =
    columns.includes('email') &&
    columns.includes('name') &&
    columns.every((name) => known.includes(name)) &&
    new Set(columns).size === columns.length;
  return isGood ? undefined : 'Begin with a heading: email,name,role.';
}

function readLine(
  columns: readonly string[],
  { line, cells }: CsvRow,
): (Invited & { readonly line: number }) | LineProblem {
  if (cells.length > columns.length) {
    return {
      line,
      message: 'There are more values than columns. Put quotation marks around a value with a comma in it.',
    };
  }
  const value = (column: Column): string => (cells[columns.indexOf(column)] ?? '').trim();
  const parsed = {
    email: v.safeParse(v.pipe(v.string(), v.maxLength(254), email), value('email')),
    name: v.safeParse(label, value('name')),
    role: v.safeParse(role, value('role').toLowerCase() || 'member'),
  };
  if (parsed.email.success && parsed.name.success && parsed.role.success) {
    return { line, email: parsed.email.output, name: parsed.name.output, role: parsed.role.output };
  }
  const wrong = COLUMNS.filter((column) => !parsed[column].success);
  return { line, message: wrong.map((column) => ADVICE[column]).join(' ') };
}
