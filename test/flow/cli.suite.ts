// The command line as an operator runs it: a program of its own, against the service.
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { readSetupLink } from '../support/outbox-reader.ts';
import { openDesk, type OperatorDesk, penumbra } from './cli-program.ts';
import type { FlowWorld } from './flow-world.ts';
import { authorizeAttempt } from './person.ts';

export function cliSuite(world: () => FlowWorld): void {
  describe('command line', () => {
    const org = `o${randomUUID().slice(0, 8)}`;
    let desk: OperatorDesk;
    let variables: OperatorDesk['variables'];

    beforeAll(async () => {
      desk = await openDesk(world());
      variables = desk.variables;
    });

    afterAll(() => desk.leave());

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
      const file = join(desk.folder, 'other-key.json');
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
      const ran = await penumbra(['member', 'create', 'a@example.com', '--name', 'A'], variables);
      expect(ran).toMatchObject({ code: 2, out: '' });
      expect(ran.err).toContain('member create needs --org');
    });
  });
}
