// Sites and policy as an operator types them.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADA, EXPLANATION, NEW_SITE, pageOf, POLICY, SITE, TRIAL } from './answers.ts';
import { ServiceStandIn, type Ran, type RunOptions } from './service-stand-in.ts';

const service = new ServiceStandIn();

beforeAll(() => service.start());
beforeEach(() => service.begin());
afterEach(() => service.end());
afterAll(() => {
  service.stop();
});

/** All in one organisation, as most are. */
function penumbra(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return service.penumbra([...args, '--org', 'acme'], options);
}

function serve(routes: Readonly<Record<string, unknown>>): void {
  service.routes = {
    'GET organizations/acme/members?filter=all&search=ada%40example.com': pageOf([ADA]),
    ...Object.fromEntries(
      Object.entries(routes).map(([route, body]) => [route.replace(' ', ' organizations/acme/'), body]),
    ),
  };
}

const ada = 'ada@example.com';

describe('sites', () => {
  test('site list', async () => {
    serve({
      'GET sites': { sites: [SITE, { ...SITE, clientId: 'c2', isConfigured: true, access: 'members' }] },
    });
    expect((await penumbra(['site', 'list'])).out.split('\n')).toEqual([
      'CLIENT ID  NAME          FOR          RETURNS TO           DEMANDS        NOTES',
      'c1         Example site  3 listed     https://a.example/x  at least aal2',
      'c2         Example site  all members  https://a.example/x  at least aal2  of the configuration',
    ]);
  });

  test('site change sends only what was given', async () => {
    serve({ 'POST sites/c1': SITE });
    const file = join(service.root, 'policy.json');
    await writeFile(file, '{"least":"aal2"}');
    const ran = await penumbra([
      'site',
      'change',
      'c1',
      '--policy',
      file,
      '--access',
      'listed',
      '--listed',
      ada,
    ]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(service.seen.at(-1)?.body).toEqual({
      ...{ policy: { least: 'aal2' }, access: 'listed', listed: ['sub-ada'] },
    });
    await penumbra(['site', 'change', 'c1', '--name', 'New', '--redirect-uri', 'https://b.example/']);
    expect(service.seen.at(-1)?.body).toEqual({ name: 'New', redirectUris: ['https://b.example/'] });
  });

  test('S71 site secret asks for the client_id, and prints the new one once, on standard output', async () => {
    serve({ 'GET sites': { sites: [SITE] }, 'POST sites/c1/secret': NEW_SITE });
    const ran = await penumbra(['site', 'secret', 'c1'], { typed: ['c1'] });
    expect(ran.code).toBe(0);
    expect(ran.err).toContain('Type the client_id to confirm (c1): ');
    expect(ran.err).not.toContain('secret-2');
    expect(ran.out.match(/secret-2/g)).toHaveLength(1);
  });

  test('site remove', async () => {
    serve({ 'GET sites': { sites: [SITE] }, 'POST sites/c1/remove': { sites: [] } });
    expect((await penumbra(['site', 'remove', 'c1', '--yes'])).out).toBe('Site Example site was removed.');
    const unknown = await penumbra(['site', 'remove', 'c9', '--yes']);
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('There is no site c9 in acme.');
  });
});

describe('policy', () => {
  test('policy show names the floor', async () => {
    serve({ 'GET policy': POLICY });
    expect((await penumbra(['policy', 'show'])).out.split('\n')).toEqual([
      'Organisation acme',
      '  a second factor is required',
      '  at least aal2',
      'Floor of the configuration',
      '  a second factor is required',
    ]);
  });

  test('policy set takes a policy alone, over the version that is there', async () => {
    serve({ 'GET policy': POLICY, 'POST policy': POLICY });
    const ran = await penumbra(['policy', 'set', '-'], { input: '{"least":"aal2"}' });
    expect(ran.out).toContain('The policy is set.');
    expect(service.seen.at(-1)?.body).toEqual({ policy: { least: 'aal2' }, version: 4 });
  });

  test('policy set takes what policy show --json printed, over the version of that', async () => {
    serve({ 'GET policy': POLICY, 'POST policy': POLICY });
    const file = join(service.root, 'policy.json');
    await writeFile(file, (await penumbra(['policy', 'show', '--json'])).out);
    service.answers = [{ status: 409, body: { code: 'wrong_step', detail: 'Another changed it.' } }];
    const ran = await penumbra(['policy', 'set', file]);
    expect(service.seen.at(-1)?.body).toEqual({ policy: POLICY.policy, version: 4 });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain('Another changed it.\n  Read it again with npx penumbra policy show --json');
  });

  test('policy try says who is affected, and changes nothing', async () => {
    serve({ 'POST policy/try': TRIAL });
    const { out } = await penumbra(['policy', 'try', '-'], { input: '{"required":true}' });
    expect(service.asked()).toEqual(['POST organizations/acme/policy/try']);
    expect(out).toMatch(/^MEMBERS +120\nmeet it already +80\n/);
    expect(out).toContain('Not all members were looked at');
    expect(out).toMatch(/ada@example.com.au +Adam +has to set up a factor, and may put it off/);
    expect(out).toContain('These are the first 1.');
  });

  test('issue 4.2 policy explain says why somebody is asked, by layers', async () => {
    serve({ 'GET members/sub-ada/policy?site=c1': EXPLANATION });
    expect((await penumbra(['policy', 'explain', ada, '--site', 'c1'])).out.split('\n')).toEqual([
      'Ada Example <ada@example.com> in acme, at the site c1',
      '',
      'At the next sign-in they are led to set up a factor, and may put it off.',
      'Demanded now: a second factor is required; at least 2fa; only totp, phone, email.',
      'From 2026-11-25 12:00 UTC on: a second factor is required; at least aal2; only totp, phone; has to have totp.',
      '  Until then it may be put off: 2 of 5 times are left.',
      '',
      'Why:',
      "  The service's configuration: a second factor is required.",
      '  Organisation acme: at least aal2; only totp, phone; may be put off until 2026-11-25 12:00 UTC, 5 times at most; sessions of aal2: 8 h in all, 15 min unused; phones of DK, SE; resets wait 24 h.',
      '    Exempt from it until 2096-10-02 07:06 UTC: On leave (by Olive)',
      '  This member in acme: has to have totp.',
      '',
      'Sessions:',
      '  aal2: 8 h in all, 15 min unused',
    ]);
    const { out } = await penumbra(['policy', 'explain', ada, '--site', 'c1', '--json']);
    expect(JSON.parse(out)).toEqual(EXPLANATION);
  });

  test.each([
    ['password_only', 'the password is enough'],
    ['challenge', 'a second factor is asked for'],
    ['enroll', 'has to be set up before'],
    ['denied', 'refused'],
  ] as const)('policy explain says what %s is', async (next, said) => {
    serve({
      'GET members/sub-ada/policy': { ...EXPLANATION, coming: undefined, required: false, layers: [], next },
    });
    const { out } = await penumbra(['policy', 'explain', ada]);
    expect(out).toContain(said);
    expect(out).toContain('Nothing is demanded of them.');
  });
});
