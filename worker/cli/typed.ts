// Reads what people type as values of options, and the files that they name.
import { readFile } from 'node:fs/promises';
import { UsedWrongly, type Tools } from './command.ts';

export const ROLES = ['member', 'admin', 'owner'] as const;
export const KINDS = ['totp', 'phone', 'email'] as const;

/** Checks that it is one of a list, and keeps absence. @throws UsedWrongly */
export function oneOf<const Known extends string, Given extends string | undefined>(
  known: readonly Known[],
  given: Given,
  called: string,
): Known | Extract<Given, undefined>;
export function oneOf(
  known: readonly string[],
  given: string | undefined,
  called: string,
): string | undefined {
  if (given === undefined || known.includes(given)) return given;
  throw new UsedWrongly(`${called} is one of ${known.join(', ')}.`);
}

/** Reads a whole number within bounds, and keeps absence. @throws UsedWrongly */
export function wholeNumber<Given extends string | undefined>(
  given: Given,
  called: string,
  least: number,
  most: number,
): number | (Given & undefined) {
  if (given === undefined) return given as Given & undefined;
  const number = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsedWrongly(`${called} is a whole number from ${least} to ${most}.`);
}

/** Reads a day (its 0:00 UTC, or its last second) or a moment with its zone as epoch seconds. @throws UsedWrongly */
export function instant<Given extends string | undefined>(
  given: Given,
  called: string,
  ofDay: 'start' | 'end' = 'start',
): number | (Given & undefined) {
  if (given === undefined) return given as Given & undefined;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(given);
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(given);
  const milliseconds = isDay || isMoment ? Date.parse(given) : Number.NaN;
  // Some days that do not exist are read as the one after.
  const exists =
    !isDay || (!Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(given));
  if (!Number.isNaN(milliseconds) && exists) {
    return milliseconds / 1000 + (isDay && ofDay === 'end' ? 86_399 : 0);
  }
  throw new UsedWrongly(`${called} is a day such as 2027-01-31, or a moment such as 2027-01-31T15:00Z.`);
}

/** Reads a file, or standard input for `-`. @throws UsedWrongly */
export async function fileText(path: string, { input }: Pick<Tools, 'input'>): Promise<string> {
  if (path === '-') return input();
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new UsedWrongly(`The file ${path} can not be read. Check its path.`);
  }
}

/** Reads a file that holds one JSON object. @throws UsedWrongly */
export async function fileObject(
  path: string,
  tools: Pick<Tools, 'input'>,
): Promise<Record<string, unknown>> {
  const text = await fileText(path, tools);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // As for any other text.
  }
  throw new UsedWrongly(`${path === '-' ? 'Standard input' : path} has to hold one JSON object.`);
}
