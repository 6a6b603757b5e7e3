/**
 * Waits for the work, which is told to give up at the deadline. Gives `otherwise` when it is late (even where the work
 * does not listen) or when it throws.
 */
export async function withDeadline<T>(
  milliseconds: number,
  otherwise: T,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => {
      resolve(otherwise);
      deadline.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([work(deadline.signal).catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
}
