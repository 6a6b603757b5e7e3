/** Reads the seconds of a `Retry-After` header; a date, or more than a day, is taken for none. */
export function readRetryAfter(header: string | null | undefined): { retryAfterSeconds?: number } {
  const seconds = /^\d{1,5}$/.test(header ?? '') ? Number(header) : 0;
  return seconds > 0 && seconds <= 86_400 ? { retryAfterSeconds: seconds } : {};
}
