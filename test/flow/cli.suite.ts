// The command line as an operator runs it: a program of its own, against the service.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { readSetupLink } from '../support/outbox-reader.ts';
import { REPOSITORY_ROOT } from '../world/repository-root.ts';
import type { FlowWorld } from './flow-world.ts';
import { authorizeAttempt } from './person.ts';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `penumbra` with these variables and no others of its own. */
async function penumbra(args: readonly string[], variables: Record<string, string>): Promise<Ran> {
  const program = join(REPOSITORY_ROOT, 'worker/cli/penumbra.mjs');
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, out, err };
}

export function cliSuite(world: () => FlowWorld): void {
  describe('command line', () => {
    const org = `o${randomUUID().slice(0, 8)}`;
    let folder: string;
    let variables: Record<string, string>;
    /** How far other tests moved the service's time. The program signs with the time of this machine. */
    let moved = 0;

    beforeAll(async () => {
      moved = world().now() - Math.floor(Date.now() / 1000);
      await world().advance(-moved);
      folder = await mkdtemp(join(tmpdir(), 'penumbra-cli-'));
      variables = {
        PENUMBRA_URL: world().operator.url,
        PENUMBRA_ISSUER: world().operator.issuer,
        PENUMBRA_OPERATOR_KEY_FILE: join(folder, 'operator-key.json'),
      };
      await writeFile(variables['PENUMBRA_OPERATOR_KEY_FILE'] ?? '', JSON.stringify(world().operator.key));
    });

    afterAll(async () => {
      await world().advance(moved);
      await rm(folder, { recursive: true, force: true });
    });

    it('issue 2.5 makes an organisation, a member who gets a link by mail, and a site that may ask for sign-ins', async () => {
      const email = `${org}@example.com`;
      expect(await penumbra(['org', 'create', org, '--name', 'Org'], variables)).toEqual({
        code: 0,
        out: `Organisation ${org} was created.\n`,
        err: '',
      });
      const member = ['member', 'create', email, '--org', org, '--name', 'Olive Owner', '--role', 'owner'];
      const made = await penumbra(member, variables);
      expect(made).toMatchObject({ code: 0, err: '' });
      expect(made.out).toContain('on its way by mail');
      expect(await readSetupLink(world().outbox, email)).toContain(`${world().issuer}/setup#`);

      const listed = await penumbra(['member', 'list', '--org', org, '--json'], variables);
      expect(listed).toMatchObject({ code: 0, err: '' });
      expect(JSON.parse(listed.out)).toMatchObject({
        members: [{ email, name: 'Olive Owner', role: 'owner', factors: [] }],
      });

      const callback = 'http://localhost:9/cli';
      const site = ['site', 'create', '--org', org, '--name', 'Site', '--redirect-uri', callback];
      const created = await penumbra(site, variables);
      expect(created).toMatchObject({ code: 0, err: '' });
      const clientId = /client_id: +(\S+)/.exec(created.out)?.[1] ?? '';
      const secret = /client_secret: +(\S+)/.exec(created.out)?.[1] ?? '';
      expect(secret).toMatch(/^[\w-]{43}$/);
      const asked = await new Browser().follow(
        authorizeAttempt(world().issuer, { clientId, secret, callback }).url,
      );
      expect(asked.url).toContain('/interaction/');
    });

    it('issue 2.5 what is refused is exit code 1 with the reason', async () => {
      expect(await penumbra(['org', 'create', 'example', '--name', 'Org'], variables)).toEqual({
        code: 1,
        out: '',
        err: 'penumbra: An organisation of this id is there already.\n',
      });
    });

    it('S64 a key of the same name that the service does not know is refused', async () => {
      const file = join(folder, 'other-key.json');
      const { privateKey } = await generateKeyPair('ES256', { extractable: true });
      const { kid } = world().operator.key;
      await writeFile(file, JSON.stringify({ ...(await exportJWK(privateKey)), kid }));
      const ran = await penumbra(['member', 'list', '--org', 'example'], {
        ...variables,
        PENUMBRA_OPERATOR_KEY_FILE: file,
      });
      expect(ran).toMatchObject({ code: 1, out: '' });
      expect(ran.err).toContain('does not accept the operator key');
    });

    it('S72 a service that is down is exit code 1 within the deadline, and says what to check', async () => {
      const ran = await penumbra(['member', 'list', '--org', 'example'], {
        ...variables,
        PENUMBRA_URL: 'http://127.0.0.1:9',
      });
      expect(ran).toMatchObject({ code: 1, out: '' });
      expect(ran.err).toContain('http://127.0.0.1:9 did not answer');
    });

    it('issue 2.5 what is used wrongly is exit code 2', async () => {
      const ran = await penumbra(['member', 'list'], variables);
      expect(ran).toMatchObject({ code: 2, out: '' });
      expect(ran.err).toContain('member list needs --org');
    });
  });
}
