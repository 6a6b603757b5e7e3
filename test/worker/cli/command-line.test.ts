// The command line as it is typed: what it understands, without any service.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { run } from '../../../worker/cli/run.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function penumbra(args: string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    // Nothing here is reached before the command is understood.
    env: { PENUMBRA_URL: 'http://127.0.0.1:9', PENUMBRA_OPERATOR_KEY_FILE: '/dev/null/none' },
    root: '/dev/null/none',
    input: () => Promise.resolve(''),
    out: (line) => out.push(line),
    fail: (line) => err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('used wrongly: exit code 2 and nothing is sent', () => {
  test.each([
    [['org', 'destroy'], 'There is no command "org destroy"'],
    [['org', 'create', '--name', 'Acme'], 'org create needs <id>'],
    [['org', 'create', 'acme'], 'org create needs --name'],
    [['org', 'create', 'acme', '--name', ''], 'org create needs --name'],
    [['org', 'create', 'acme', 'two', '--name', 'Acme'], 'does not take "two"'],
    [['org', 'create', 'acme', '--name', 'Acme', '--org', 'x'], 'does not take --org'],
    [['org', 'create', 'acme', '--nmae', 'Acme'], '--nmae'],
    [
      ['member', 'create', 'a@example.com', '--org', 'acme', '--name', 'A', '--role', 'king'],
      'member, admin, owner',
    ],
    [['member', 'list', 'acme'], 'does not take "acme"'],
    [['member', 'list'], 'needs --org'],
    [['site', 'create', '--org', 'acme', '--name', 'Site'], 'needs --redirect-uri'],
    [['keys', 'create'], 'needs --out'],
    [['keys', 'create', '--out', 'x', '--operator', 'a b'], '--operator is'],
    [['keys', 'create', '--out', 'x', '--json'], 'does not take --json'],
    [['secret-hash'], 'No secret was given'],
  ])('%j: %s', async (args, part) => {
    const ran = await penumbra(args);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(part);
  });

  test.each([[[]], [['--help']], [['site', 'create', '-h']]])('%j shows the help', async (args) => {
    const { code, out } = await penumbra(args);
    expect(code).toBe(0);
    for (const command of [
      ...['keys create', 'secret-hash', 'org create', 'member create', 'member list', 'site create'],
      ...['--out', '--operator', '--json', '--help', 'PENUMBRA_URL', 'PENUMBRA_OPERATOR_KEY_FILE'],
    ]) {
      expect(out).toContain(command);
    }
  });
});

test('the program itself starts, and hands its exit code on', async () => {
  const program = fileURLToPath(new URL('../../../worker/cli/penumbra.mjs', import.meta.url));
  const child = spawn(process.execPath, [program, 'org', 'destroy'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(said).toContain('There is no command "org destroy"');
  expect(code).toBe(2);
});
