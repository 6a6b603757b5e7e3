import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

// `| head` reads no further than it wants to.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  root: fileURLToPath(new URL('../../', import.meta.url)),
  input: () => {
    if (process.stdin.isTTY) console.error('Paste or type it, then press Enter and Ctrl-D.');
    return text(process.stdin);
  },
  ...(process.stdin.isTTY ? { ask } : {}),
  out: (line) => {
    console.log(line);
  },
  fail: (line) => {
    console.error(line);
  },
  write: (piece) =>
    new Promise((resolve, reject) => {
      process.stdout.write(piece, (error) => {
        if (error) reject(error);
        else resolve();
      });
    }),
});

/** Asks at the terminal, beside standard output: that may go into a file. A terminal that closes answers nothing. */
async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => {
    terminal.once('close', () => {
      resolve('');
    });
  });
  try {
    return await Promise.race([terminal.question(question), closed]);
  } finally {
    terminal.close();
  }
}
