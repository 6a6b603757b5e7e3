// Starts and ends the programs of the local world (Redis, wrangler, Deno) so that none is ever left behind.
// Must not know any of them.
import { spawn } from 'node:child_process';

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the child; it inherits nothing else. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** What people call it: used in errors. */
  readonly name: string;
  readonly onOutput?: (text: string) => void;
}

export interface ChildEnd {
  readonly isSuccess: boolean;
  /** How it ended and what it said last, for people. */
  readonly text: string;
}

export interface Child {
  /** Resolves when it has ended, whoever ended it. */
  readonly ended: Promise<ChildEnd>;
  /** What it wrote last (both streams), at most 8,000 characters. */
  lastOutput(): string;
  /** Ends it: politely, and after five seconds the whole process group by force. */
  stop(): Promise<void>;
}

// The child is in a process group of its own, so Ctrl-C in the terminal reaches only us and we end the parts in
// order. The shell holds our end of a pipe as its standard input: when we close it, or die in any way, the read ends
// and the child is told to end too.
const LIFELINE = `
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
( read -r _ ; kill -TERM "$child" 2>/dev/null ) <&3 >/dev/null 2>&1 &
reader=$!
exec 3<&-
wait "$child"
code=$?
kill "$reader" 2>/dev/null
exit "$code"
`;

const GRACE_MILLISECONDS = 5000;
const KEPT_CHARACTERS = 8000;

/** Starts a program whose life is bound to ours. */
export function startChild(options: ChildOptions): Child {
  const child = spawn('/bin/sh', ['-c', LIFELINE, 'lifeline', options.command, ...options.args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let kept = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      kept = (kept + text).slice(-KEPT_CHARACTERS);
      options.onOutput?.(text);
    });
  }
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('error', (error) => {
      resolve({ isSuccess: false, text: `${options.name} could not be started: ${error.message}` });
    });
    child.once('close', (code, signal) => {
      const how = signal ?? `exit code ${code ?? 0}`;
      resolve({ isSuccess: code === 0, text: `${options.name} ended (${how}).\n${kept.trimEnd()}` });
    });
  });
  // The pipe breaks when the child ends first; that is told by `ended`.
  child.stdin.on('error', () => undefined);
  return {
    ended,
    lastOutput: () => kept,
    stop: async () => {
      child.stdin.end();
      const force = setTimeout(() => {
        killGroup(child.pid);
      }, GRACE_MILLISECONDS);
      await ended;
      clearTimeout(force);
    },
  };
}

/**
 * Asks `probe` again and again until it says yes.
 * @throws when the child ends first, or after `timeoutSeconds`, with what the child said last.
 */
export async function waitUntilReady(
  child: Child,
  name: string,
  timeoutSeconds: number,
  probe: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  let end: string | undefined;
  void child.ended.then(({ text }) => {
    end = text;
  });
  while (!(await probe())) {
    if (end !== undefined) throw new Error(end);
    if (Date.now() > deadline) {
      throw new Error(`${name} was not ready after ${timeoutSeconds} seconds.\n${child.lastOutput()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
