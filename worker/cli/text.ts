// How answers become text: understood first, then printed as tables and sentences that can't steer the terminal.
import * as v from 'valibot';
import { Refused } from './admin-client.ts';

/** Parses an answer. @throws Refused when the answer is of another version. */
export function understood<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  throw new Refused([
    'The service answered, but not in a way that this program understands.',
    'Is it of the same version? --json shows the answer as it is.',
  ]);
}

/** What people named must not steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}

/** Lays rows out in columns; a column of which every cell is empty is left away. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const shown = headings.map((_, column) => rows.some((row) => row[column] !== ''));
  const all = [headings, ...rows].map((row) => row.filter((_, column) => shown[column]).map(printable));
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Writes epoch seconds as `2027-01-31 15:00 UTC`; nothing for nothing. */
export function moment(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return String(seconds);
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Writes seconds in the greatest unit that is whole: `30 days`, `24 h`, `15 min`. */
export function span(seconds: number): string {
  const days = seconds / 86_400;
  if (Number.isInteger(days) && days >= 2) return `${days} days`;
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds > 0 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
