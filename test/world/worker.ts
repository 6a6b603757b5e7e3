// What both runtimes have in common when the worker is started.
import { waitUntilReady, type Child } from './child-process.ts';

export interface WorkerOptions {
  readonly port: number;
  readonly variables: Readonly<Record<string, string>>;
  /** An entry file to use instead of the product's own, for tests. */
  readonly entry?: string;
  /** Where the runtime may keep files. */
  readonly stateFolder: string;
  /** Aborted when the world that it belongs to can't start. */
  readonly signal?: AbortSignal;
  readonly onOutput?: (text: string) => void;
}

const START_SECONDS = 60;

/** Waits until the service says that it is healthy. */
export async function waitUntilHealthy(
  child: Child,
  name: string,
  { port, signal }: WorkerOptions,
): Promise<void> {
  await waitUntilReady(child, name, START_SECONDS, async () => {
    signal?.throwIfAborted();
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(5000) });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  });
}
