// The whole administration from the command line, by an operator, against the service. It holds what the program and
// the API say to each other; what the API allows whom is held elsewhere.
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntryWire, MemberView, MemberWire, PolicyView } from '../../worker/interaction/wire.ts';
import { readSetupLink } from '../support/outbox-reader.ts';
import { openDesk, type OperatorDesk, penumbra, type Ran } from './cli-program.ts';
import type { FlowWorld } from './flow-world.ts';
import { enrolledPerson } from './person.ts';

export function cliAdminSuite(world: () => FlowWorld): void {
  describe('command line, administration', () => {
    const org = `c${randomUUID().slice(0, 8)}`;
    const owner = `owner@${org}.example.com`;
    let desk: OperatorDesk;
    /** Has an app. */
    let ada: string;

    /** Runs a command that has to be carried out, and gives what it prints. */
    async function done(...args: string[]): Promise<string> {
      const ran = await typed(...args);
      expect(ran).toMatchObject({ code: 0, err: '' });
      return ran.out;
    }

    const typed = (...args: string[]): Promise<Ran> => penumbra(args, desk.variables);
    const json = async (...args: string[]): Promise<unknown> => JSON.parse(await done(...args, '--json'));
    const view = (...args: string[]): Promise<MemberView> => json(...args) as Promise<MemberView>;

    beforeAll(async () => {
      desk = await openDesk(world());
      await done('org', 'create', org, '--name', 'Command');
      await done('member', 'create', owner, '--org', org, '--name', 'Olive Owner', '--role', 'owner');
      ({ email: ada } = await enrolledPerson(world(), org));
    });

    // Typing codes moves the time on.
    beforeEach(() => desk.settle());

    afterAll(() => desk.leave());

    it('issue 4.9 lists organisations, and members of one or of all that the key may see', async () => {
      expect(await json('org', 'list')).toMatchObject({
        organizations: expect.arrayContaining([expect.objectContaining({ id: org })]) as unknown,
      });
      const { members } = (await json('member', 'list', '--org', org)) as { members: MemberWire[] };
      expect(members.find(({ email }) => email === owner)).toMatchObject({
        ...{ organization: org, name: 'Olive Owner', role: 'owner', status: 'invited', kinds: [] },
      });
      expect(members.find(({ email }) => email === ada)).toMatchObject({ kinds: ['totp'], status: 'active' });
      const other = `b${org}`;
      await done('org', 'create', other, '--name', 'Beside');
      await done('member', 'create', `bo@${other}.example.com`, '--org', other, '--name', 'Bo');
      const all = (await json('member', 'list')) as { members: { organization: string; email: string }[] };
      expect(all.members).toContainEqual(
        expect.objectContaining({ organization: other, email: `bo@${other}.example.com` }),
      );
      expect(all.members).toContainEqual(expect.objectContaining({ organization: org, email: ada }));
      const weak = await done('member', 'list', '--org', org, '--filter', 'totp');
      expect(weak).toContain(ada);
      expect(weak).not.toContain(owner);
      expect(await done('member', 'export', '--org', org)).toContain(ada);
      expect(await done('org', 'show', '--org', org)).toContain('Command');
    });

    it('issue 4.9 changes a member, who is named by address in all organisations', async () => {
      expect((await view('member', 'role', ada, 'admin')).member.role).toBe('admin');
      expect((await view('member', 'role', ada, 'member')).member.role).toBe('member');
      const refused = await typed('member', 'suspend', ada, '--reason', 'Left');
      expect(refused).toMatchObject({ code: 2, out: '' });
      expect(refused.err).toContain('add --yes');
      const suspended = await view('member', 'suspend', ada, '--reason', 'Left', '--yes');
      expect(suspended.member.status).toBe('suspended');
      expect((await view('member', 'restore', ada)).member.status).toBe('active');
      const exempt = await view('member', 'exempt', ada, '--reason', 'Leave', '--until', nextMonth(world()));
      expect(exempt.exemption).toMatchObject({ reason: 'Leave' });
      expect((await view('member', 'exempt', ada, '--end')).exemption).toBeUndefined();
      expect((await view('member', 'must', ada, 'email')).must).toBe('email');
      expect(await done('policy', 'explain', ada)).toContain(`This member in ${org}: has to have email.`);
      expect((await view('member', 'must', ada, 'none')).must).toBeUndefined();
      await done('member', 'unlock', ada);
      expect((await view('member', 'sessions-end', ada)).sessions).toEqual([]);
      expect(await done('member', 'show', ada)).toContain(`<${ada}> in ${org}`);
    });

    it('issue 4.9 invites, by hand and from a file with a report of every bad line, and takes back', async () => {
      const kim = `kim@${org}.example.com`;
      await done('invite', 'create', kim, '--name', 'Kim', '--org', org);
      await readSetupLink(world().outbox, kim);
      const file = join(desk.folder, 'people.csv');
      await writeFile(file, `email,name,role\nlee@${org}.example.com,Lee,member\nnobody,No,member\n`);
      const bulk = await typed('invite', 'bulk', file, '--org', org);
      expect(bulk).toMatchObject({ code: 1, err: '' });
      expect(bulk.out).toMatch(/^1 person was invited\.\nLine 3: /);
      expect(await done('invite', 'list', '--org', org)).toContain(kim);
      await done('invite', 'resend', kim, '--org', org);
      await done('invite', 'revoke', kim, '--org', org, '--yes');
      expect(await done('invite', 'list', '--org', org)).not.toContain(kim);
      await done('invite', 'revoke', `lee@${org}.example.com`, '--org', org, '--yes');
    });

    it('issue 4.9 changes a site, renews its secret and removes it', async () => {
      const made = await json(
        'site',
        'create',
        '--org',
        org,
        '--name',
        'Site',
        '--redirect-uri',
        'http://localhost:9/a',
      );
      const { client_id: id, client_secret: old } = made as { client_id: string; client_secret: string };
      const changed = ['--name', 'Renamed', '--access', 'listed', '--listed', ada];
      await done('site', 'change', id, '--org', org, ...changed);
      const listed = await done('site', 'list', '--org', org);
      expect(listed).toContain('Renamed');
      expect(listed).toContain('1 listed');
      const secret = /client_secret: +(\S+)/.exec(
        await done('site', 'secret', id, '--org', org, '--yes'),
      )?.[1];
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect(secret).not.toBe(old);
      await done('site', 'remove', id, '--org', org, '--yes');
      expect(await done('site', 'list', '--org', org)).not.toContain(id);
    });

    it('issue 4.2 shows, tries and sets the policy, and explains it by layers', async () => {
      const file = join(desk.folder, 'policy.json');
      await writeFile(file, '{"required":true,"least":"aal2"}');
      expect(await done('policy', 'try', file, '--org', org)).toMatch(/^MEMBERS +\d+\n/);
      const set = (await json('policy', 'set', file, '--org', org)) as PolicyView;
      expect(set.policy).toMatchObject({ least: 'aal2' });
      expect(await done('policy', 'show', '--org', org)).toContain('  at least aal2');
      const explained = await done('policy', 'explain', ada, '--org', org);
      expect(explained).toContain("The service's configuration: a second factor is required");
      expect(explained).toMatch(/Organisation .*: a second factor is required; at least aal2/);
      const stale = join(desk.folder, 'stale.json');
      await writeFile(stale, JSON.stringify({ policy: {}, version: set.version - 1 }));
      const refused = await typed('policy', 'set', stale, '--org', org);
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.err).toContain('policy show --json');
    });

    it('S46 asks for a reset, and cancels it or sees it carried out', async () => {
      const waits = join(desk.folder, 'waits.json');
      await writeFile(waits, '{"resetDelaySeconds":3600}');
      await done('policy', 'set', waits, '--org', org);
      const asked = await view('reset', 'request', ada, '--reason', 'Lost', '--org', org, '--yes');
      const id = asked.reset?.id ?? '';
      expect(await done('reset', 'list', '--org', org)).toContain(id);
      await done('reset', 'cancel', id, '--org', org);
      expect(await done('reset', 'list', '--org', org)).not.toContain(id);
    });

    it('S48a issues an access pass, shown once, and revokes it', async () => {
      const issued = (await json('pass', 'issue', ada, '--minutes', '30', '--org', org)) as { code: string };
      expect(issued.code.length).toBeGreaterThan(7);
      const shown = await done('member', 'show', ada, '--org', org);
      expect(shown).toContain('Access pass: issued by');
      expect(shown).not.toContain(issued.code);
      await done('pass', 'revoke', ada, '--org', org, '--yes');
      expect(await done('member', 'show', ada, '--org', org)).not.toContain('Access pass:');
    });

    it('S70 lists the audit trail and takes it away', async () => {
      const { entries } = (await json('audit', 'list', '--org', org, '--group', 'admin')) as {
        entries: AuditEntryWire[];
      };
      expect(entries.length).toBeGreaterThan(2);
      expect(await done('audit', 'list', '--org', org, '--member', ada, '--limit', '5')).toContain('TIME');
      const file = join(desk.folder, 'audit.jsonl');
      await done('audit', 'export', '--org', org, '--format', 'jsonl', '--out', file);
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
      expect(lines.map((line) => (JSON.parse(line) as AuditEntryWire).id)).toContain(entries[0]?.id);
      expect(await done('audit', 'export', '--org', org, '--format', 'csv')).toContain('admin');
    });

    it('issue 4.9 removes a member', async () => {
      await done('member', 'remove', ada, '--org', org, '--yes');
      const gone = await typed('member', 'show', ada, '--org', org);
      expect(gone).toMatchObject({ code: 1, out: '' });
      expect(gone.err).toContain(`There is no member ${ada} in ${org}.`);
    });

    it('issue 4.9 init makes the first organisation and its owner, and nothing twice', async () => {
      const folder = join(desk.folder, 'keys');
      await mkdir(folder);
      await writeFile(join(folder, '.gitignore'), '*\n');
      await writeFile(join(folder, 'worker-secrets.env'), 'UPSTASH_REDIS_REST_TOKEN=x\n');
      await writeFile(join(folder, 'penumbra.env'), `PENUMBRA_ISSUER='${world().operator.issuer}'\n`);
      await copyFile(join(desk.folder, 'operator-key.json'), join(folder, 'operator-key.json'));
      const first = `first@${org}.example.com`;
      const args = [
        ...['init', '--for', 'deno', '--out', folder, '--url', world().operator.url],
        ...['--org', `${org}-first`, '--org-name', 'First', '--owner', first, '--owner-name', 'Fay First'],
      ];
      const made = await done(...args);
      expect(made).toContain(`made     organisation ${org}-first`);
      expect(made).toContain('mailed   a link');
      await readSetupLink(world().outbox, first);
      const again = await done(...args);
      expect(again).not.toContain('made');
      expect(again).toContain(`there    ${first}, owner of ${org}-first, invited`);
    });
  });
}

function nextMonth(world: FlowWorld): string {
  return new Date((world.now() + 30 * 86_400) * 1000).toISOString().slice(0, 10);
}
