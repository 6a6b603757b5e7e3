import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  root: fileURLToPath(new URL('../../', import.meta.url)),
  input: () => {
    if (process.stdin.isTTY) console.error('Paste the secret, then press Enter and Ctrl-D.');
    return text(process.stdin);
  },
  out: (line) => {
    console.log(line);
  },
  fail: (line) => {
    console.error(line);
  },
});
