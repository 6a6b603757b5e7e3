// The command line as it is typed: what it understands, without any service.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ALL_COMMANDS } from '../../../worker/cli/commands.ts';
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
    write: () => Promise.resolve(),
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
    [['member', 'create', 'a@example.com', '--name', 'A'], 'needs --org'],
    [['member'], 'With member there are: list, show'],
    [['member', 'show'], 'member show needs <member>'],
    [['member', 'show', 'Ada Example'], 'named by an email address'],
    [['member', 'list', '--filter', 'bald'], '--filter is one of all, no_factor'],
    [['member', 'list', '--sort', 'age'], '--sort is one of name, last_sign_in'],
    [['member', 'role', 'a@example.com', 'king'], 'member, admin, owner'],
    [['member', 'role', 'a@example.com'], 'member role needs <role>'],
    [['member', 'must', 'a@example.com', 'passkey'], 'totp, phone, email, none'],
    [['member', 'suspend', 'a@example.com'], 'needs --reason'],
    [['member', 'exempt', 'a@example.com', '--reason', 'x'], 'needs --reason and --until'],
    [['member', 'exempt', 'a@example.com', '--end', '--reason', 'x'], 'or --end alone'],
    [['member', 'exempt', 'a@example.com', '--reason', 'x', '--until', '2027-02-30'], '--until is a day'],
    [['member', 'unlock', 'a@example.com', '--yes'], 'does not take --yes'],
    [['invite', 'bulk', '/nowhere.csv'], 'The file /nowhere.csv can not be read'],
    [['policy', 'set', '/nowhere.json'], 'The file /nowhere.json can not be read'],
    [['policy', 'try', '-'], 'Standard input has to hold one JSON object'],
    [['pass', 'issue', 'a@example.com', '--minutes', '5'], '--minutes is a whole number from 10 to 480'],
    [['site', 'change', 'c1'], 'needs something to change'],
    [['site', 'change', 'c1', '--access', 'all'], '--access is one of members, listed'],
    [['audit', 'list', '--group', 'x'], '--group is one of sign_in'],
    [['audit', 'list', '--from', 'yesterday'], '--from is a day'],
    [['audit', 'list', '--limit', '0'], '--limit is a whole number'],
    [['audit', 'export', '--format', 'xml'], '--format is one of csv, jsonl'],
    [['audit', 'export', '--format', 'csv', '--out', '/nowhere/x'], 'can not be written (ENOENT)'],
    [['init', '--for', 'azure', '--out', 'x'], '--for is one of cloudflare, deno'],
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

  test.each([
    ['member suspend', ['a@example.com', '--reason', 'x']],
    ['member remove', ['a@example.com']],
    ['invite revoke', ['a@example.com']],
    ['site secret', ['c1']],
    ['site remove', ['c1']],
    ['reset request', ['a@example.com', '--reason', 'x']],
    ['reset approve', ['r1']],
    ['pass revoke', ['a@example.com']],
  ])('%s needs --yes where nobody can be asked', async (name, rest) => {
    expect(await penumbra([...name.split(' '), ...rest])).toEqual({
      code: 2,
      out: '',
      err: `penumbra: ${name} destroys something and there is no terminal to ask at: add --yes.`,
    });
  });
});

describe('help', () => {
  test.each([[[]], [['--help']], [['-h', 'nothing']]])('%j shows all there is', async (args) => {
    const { code, out } = await penumbra(args);
    expect(code).toBe(0);
    for (const { name } of ALL_COMMANDS) expect(out).toContain(`\n  ${name}`);
    for (const part of [
      '--out',
      '--operator',
      '--json',
      '--help',
      'PENUMBRA_URL',
      'PENUMBRA_OPERATOR_KEY_FILE',
    ]) {
      expect(out).toContain(part);
    }
  });

  test('of a group shows its commands with what they do, and no others', async () => {
    const { code, out } = await penumbra(['member', '--help']);
    expect(code).toBe(0);
    expect(out).toContain(
      'npx penumbra member suspend <member> --reason <text> [--org <id>] [--yes] [--json]',
    );
    expect(out).toContain('no sign-in any more');
    expect(out).toContain('--until <day>');
    expect(out).not.toContain('npx penumbra site');
    expect(out).not.toContain('--redirect-uri');
  });

  test.each(ALL_COMMANDS.map(({ name }) => [name]))(
    'of %s says what it does and what it takes',
    async (name) => {
      const command = ALL_COMMANDS.find((one) => one.name === name);
      const { code, out } = await penumbra([...name.split(' '), '-h']);
      expect(code).toBe(0);
      expect(out.match(/^npx penumbra/gm)).toHaveLength(1);
      expect(out.replaceAll(/\s+/g, ' ')).toContain(command?.about);
      for (const option of [...(command?.needs ?? []), ...(command?.may ?? [])]) {
        expect(out.match(new RegExp(`--${option}\\b`, 'g'))?.length).toBeGreaterThan(1);
      }
      expect(out.split('\n').filter((line) => line.length > 125)).toEqual([]);
    },
  );
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
