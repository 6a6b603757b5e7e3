#!/usr/bin/env node
// Starts the command line on a Node that runs TypeScript: the one that npm install put beside the project, since
// many machines have an older one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const own = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('./main.ts');
} else if (!existsSync(own)) {
  console.error('penumbra: Node 24 is not installed yet. Run npm install in the repository first.');
  process.exitCode = 2;
} else {
  const child = spawn(own, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  child.on('error', () => {
    console.error('penumbra: Node 24 could not be started. Run npm install in the repository again.');
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code ?? 1;
  });
}
