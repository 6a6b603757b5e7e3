import type { BackgroundPort } from '../ports/background.ts';
import { createConsoleAudit } from './console-audit.ts';

/**
 * Makes the background port.
 *
 * `keep` tells the platform to stay awake until the work is done. What the work throws although it should not is logged by
 * its name alone: its message may hold what was sent (S71).
 */
export function createBackground(
  keep: (work: Promise<void>) => void,
  log: (line: string) => void,
): BackgroundPort {
  const audit = createConsoleAudit(log);
  return {
    run(work) {
      keep(
        work.catch((error: unknown) => {
          const name = error instanceof Error ? error.name : typeof error;
          audit.fault({ requestId: 'background', name, message: '' });
        }),
      );
    },
    pause: (milliseconds) =>
      new Promise((resolve) => {
        setTimeout(resolve, milliseconds);
      }),
  };
}
