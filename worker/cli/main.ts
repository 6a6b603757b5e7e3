import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  root: fileURLToPath(new URL('../../', import.meta.url)),
  out: (line) => {
    console.log(line);
  },
  fail: (line) => {
    console.error(line);
  },
});
