// Days as date fields have them (`2026-05-01`, of the reader's calendar), and as the service counts them.

/** Gives the day of a moment (epoch seconds). */
export function dayOf(epochSeconds: number): string {
  const date = new Date(epochSeconds * 1000);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Gives the first second of a day in epoch seconds; undefined for what is no day. */
export function startOf(day: string): number | undefined {
  const at = new Date(`${day}T00:00:00`).getTime();
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}

/** Gives the last second of a day in epoch seconds; undefined for what is no day. */
export function endOf(day: string): number | undefined {
  const at = new Date(`${day}T23:59:59`).getTime();
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}
