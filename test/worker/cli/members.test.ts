// Organisations, members and invitations as an operator types them.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADA, ADAM, INVITE, pageOf, VIEW } from './answers.ts';
import { ServiceStandIn } from './service-stand-in.ts';

const service = new ServiceStandIn();
const penumbra = service.penumbra.bind(service);

beforeAll(() => service.start());
beforeEach(() => service.begin());
afterEach(() => service.end());
afterAll(() => {
  service.stop();
});

const ORGANIZATIONS = {
  organizations: [
    { id: 'acme', name: 'Acme', role: 'owner' },
    { id: 'globex', name: 'Globex', role: 'owner' },
  ],
};
const SEARCH = 'members?filter=all&search=ada%40example.com';

/** Ada is in one organisation, beside somebody whose address begins alike. */
function adaInAcme(): void {
  service.routes = {
    'GET organizations': ORGANIZATIONS,
    [`GET organizations/acme/${SEARCH}`]: pageOf([ADAM, ADA]),
    [`GET organizations/globex/${SEARCH}`]: pageOf([]),
  };
}

describe('organisations', () => {
  test('org list', async () => {
    service.routes = { 'GET organizations': ORGANIZATIONS };
    expect((await penumbra(['org', 'list'])).out).toBe('ID      NAME\nacme    Acme\nglobex  Globex');
    expect(JSON.parse((await penumbra(['org', 'list', '--json'])).out)).toEqual(ORGANIZATIONS);
  });

  test('org show takes the only one there is', async () => {
    const only = { organizations: ORGANIZATIONS.organizations.slice(0, 1) };
    const counts = pageOf([]).counts;
    const overview = { organization: only.organizations[0], counts, resets: 2, helpRequests: 0 };
    service.routes = { 'GET organizations': only, 'GET organizations/acme/overview': overview };
    const { out } = await penumbra(['org', 'show']);
    expect(out).toContain('Acme (acme)');
    expect(out).toMatch(/^no_factor +1$/m);
    expect(out).toContain('Resets that wait: 2.');
  });

  test('where there are several, one has to be named', async () => {
    service.routes = { 'GET organizations': ORGANIZATIONS };
    expect(await penumbra(['org', 'show'])).toEqual({
      code: 1,
      out: '',
      err: 'penumbra: There are several organisations. Say which one with --org <id>.\n  acme\n  globex',
    });
  });
});

describe('member list', () => {
  test('reads all pages and lets no name steer the terminal', async () => {
    service.answers = [
      { status: 200, body: pageOf([{ ...ADA, name: 'A\u001b[2J' }], 'more') },
      { status: 200, body: pageOf([ADAM]) },
    ];
    const { code, out } = await penumbra([
      'member',
      'list',
      '--org',
      'a b',
      '--filter',
      'weak',
      '--search',
      'a',
    ]);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'EMAIL               NAME   ROLE    STATUS   SECOND FACTORS      LAST SIGN-IN          NOTES',
      'ada@example.com     A\ufffd[2J  admin   active   totp, email (aal2)  2026-11-24 12:00 UTC',
      'ada@example.com.au  Adam   member  invited  none                                      guest; ' +
        'locked (password) until 2026-11-24 12:01 UTC; exempt until 2026-11-24 12:00 UTC; ' +
        'asked for help at 2026-11-24 12:00 UTC; invited until 2026-11-24 12:00 UTC',
    ]);
    expect(service.asked()).toEqual([
      'GET organizations/a%20b/members?filter=weak&search=a',
      'GET organizations/a%20b/members?filter=weak&search=a&cursor=more',
    ]);
  });

  test('issue 4.9 without --org lists all that the key may see, each with its organisation', async () => {
    service.routes = {
      'GET organizations': ORGANIZATIONS,
      'GET organizations/acme/members': pageOf([ADA]),
      'GET organizations/globex/members': pageOf([ADAM]),
    };
    const { out } = await penumbra(['member', 'list', '--json']);
    expect(JSON.parse(out)).toEqual({
      members: [
        { organization: 'acme', ...ADA },
        { organization: 'globex', ...ADAM },
      ],
    });
    expect((await penumbra(['member', 'list'])).out).toMatch(/^ORGANISATION .*\nacme +ada@.*\nglobex +ada@/);
  });

  test('says that there is nobody', async () => {
    service.answers = [{ status: 200, body: pageOf([]) }];
    expect((await penumbra(['member', 'list', '--org', 'acme'])).out).toBe('There are no such members.');
  });

  test('an organisation that is not there', async () => {
    const { code, err } = await penumbra(['member', 'list', '--org', 'nowhere']);
    expect(code).toBe(1);
    expect(err).toBe('penumbra: There is no organisation "nowhere", or in it nothing of what was named.');
  });
});

describe('a member is named', () => {
  test('by the address, however it is written, and not by what it begins with', async () => {
    adaInAcme();
    service.routes['GET organizations/acme/members/sub-ada'] = VIEW;
    const { code, out } = await penumbra(['member', 'show', 'Ada@Example.com']);
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'Ada Example <ada@example.com> in acme',
      'sub sub-ada, admin, active',
    ]);
    for (const part of [
      ...['e1', 'a•••@example.com', 'waits until 2026-11-24 12:00 UTC', 'Recovery codes left: 9'],
      ...['Exempt until 2096-10-02 07:06 UTC: On leave (by Olive)', 'Has to set up: totp'],
      'Reset reset-1: the factor "My phone", asked for by Olive at 2026-11-24 12:00 UTC: Lost it. Before it is carried out, one more administrator has to approve it.',
      'Access pass: issued by operator-1 at 2026-11-24 12:00 UTC, good until 2026-11-24 13:00 UTC. It is good from 2026-11-24 12:00 UTC on.',
      ...['Firefox on Linux', '192.0.2.1 (DK)', 'At the next sign-in they are led to set up a factor'],
    ]) {
      expect(out).toContain(part);
    }
    expect(JSON.parse((await penumbra(['member', 'show', 'ada@example.com', '--json'])).out)).toEqual(VIEW);
  });

  test('by the "sub", which is looked for in all organisations', async () => {
    service.routes = { 'GET organizations': ORGANIZATIONS, 'GET organizations/globex/members/sub-ada': VIEW };
    expect((await penumbra(['member', 'show', 'sub-ada'])).out).toContain('<ada@example.com> in globex');
  });

  test('and nobody is taken where it could mean two', async () => {
    adaInAcme();
    service.routes[`GET organizations/globex/${SEARCH}`] = pageOf([ADA]);
    expect(await penumbra(['member', 'unlock', 'ada@example.com'])).toEqual({
      code: 1,
      out: '',
      err: 'penumbra: ada@example.com is a member of several organisations. Say which one with --org <id>.\n  acme\n  globex',
    });
    expect(service.asked().filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  test('or refused where there is none', async () => {
    adaInAcme();
    const { code, err } = await penumbra(['member', 'unlock', 'bo@example.com', '--org', 'acme']);
    expect(code).toBe(1);
    expect(err).toContain('There is no organisation "acme", or in it nothing');
    service.routes['GET organizations/acme/members?filter=all&search=bo%40example.com'] = pageOf([ADA]);
    const none = await penumbra(['member', 'unlock', 'bo@example.com', '--org', 'acme']);
    expect(none.err).toContain('There is no member bo@example.com in acme.');
  });
});

describe('a member is changed', () => {
  const changes: readonly [string[], string, object, string][] = [
    [['role', 'ADA', 'owner'], 'role', { role: 'owner' }, 'is owner now.'],
    [['suspend', 'ADA', '--reason', 'Left', '--yes'], 'suspend', { reason: 'Left' }, 'is suspended.'],
    [['restore', 'ADA'], 'restore', {}, 'may sign in again.'],
    [['remove', 'ADA', '--yes'], 'remove', {}, 'was removed.'],
    [['unlock', 'ADA'], 'unlock', {}, 'is not locked any more.'],
    [['sessions-end', 'ADA'], 'sessions/end', {}, 'have ended.'],
    [
      ['exempt', 'ADA', '--reason', 'Leave', '--until', '2027-01-31'],
      'exempt',
      { reason: 'Leave', until: 1_801_353_600 },
      'is exempt until 2027-01-31.',
    ],
    [['exempt', 'ADA', '--end'], 'exempt', { until: 0 }, 'is not exempt any more.'],
    [['must', 'ADA', 'totp'], 'must', { kind: 'totp' }, 'has to set up totp'],
    [['must', 'ADA', 'none'], 'must', {}, 'No kind of factor is demanded'],
  ];

  test.each(changes)('member %j', async (args, path, body, said) => {
    adaInAcme();
    const route = `POST organizations/acme/members/sub-ada/${path}`;
    service.routes[route] = VIEW;
    const typed = ['member', ...args.map((one) => (one === 'ADA' ? 'ada@example.com' : one))];
    const ran = await penumbra(typed);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('Ada Example <ada@example.com> in acme');
    expect(ran.out).toContain(said);
    expect(service.asked().at(-1)).toBe(route);
    expect(service.seen.at(-1)?.body).toEqual(body);
    expect(JSON.parse((await penumbra([...typed, '--json'])).out)).toEqual(VIEW);
  });

  const suspend = ['member', 'suspend', 'ada@example.com', '--reason', 'Left'];

  test('what destroys asks for the address, on a terminal', async () => {
    adaInAcme();
    service.routes['POST organizations/acme/members/sub-ada/suspend'] = VIEW;
    const ran = await penumbra(suspend, { typed: ['Ada@example.com'] });
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.err).toBe(
      'This suspends Ada Example <ada@example.com> in acme and ends all their sessions.\n' +
        'Type the address to confirm (ada@example.com): ',
    );
    expect(ran.out).toContain('is suspended');
  });

  test.each(['', 'yes', 'ada@example.com.au'])('%j confirms nothing', async (typed) => {
    adaInAcme();
    const ran = await penumbra(suspend, { typed: [typed] });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain('That is something else. Nothing was done.');
    expect(service.asked().filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  test('--yes asks nothing, on a terminal either', async () => {
    adaInAcme();
    service.routes['POST organizations/acme/members/sub-ada/suspend'] = VIEW;
    expect(await penumbra([...suspend, '--yes'], { typed: [] })).toMatchObject({ code: 0, err: '' });
  });
});

test('member export hands the file on', async () => {
  service.routes = { 'GET organizations/acme/members.csv?filter=weak': 'email\r\nada@example.com\r\n' };
  const { code, out } = await penumbra(['member', 'export', '--org', 'acme', '--filter', 'weak']);
  expect({ code, out }).toEqual({ code: 0, out: 'email\r\nada@example.com\r' });
});

describe('invitations', () => {
  const list = { invites: [INVITE] };

  test('invite list', async () => {
    service.routes = { 'GET organizations/acme/invites': list };
    expect((await penumbra(['invite', 'list', '--org', 'acme'])).out).toBe(
      'EMAIL            NAME  ROLE    INVITED               GOOD UNTIL\n' +
        'kim@example.com  Kim   member  2026-11-24 12:00 UTC  2026-12-01 12:00 UTC',
    );
    service.routes = { 'GET organizations/acme/invites': { invites: [] } };
    expect((await penumbra(['invite', 'list', '--org', 'acme'])).out).toBe('There are no invitations.');
  });

  test('invite create', async () => {
    service.routes = { 'POST organizations/acme/invites': INVITE };
    const args = ['invite', 'create', 'kim@example.com', '--name', 'Kim', '--org', 'acme'];
    expect((await penumbra(args)).out).toContain('kim@example.com is invited to acme as member.');
    expect(service.seen.at(-1)?.body).toEqual({ email: 'kim@example.com', name: 'Kim', role: 'member' });
  });

  test('invite bulk lists every bad line, and is exit code 1 then', async () => {
    const file = join(service.root, 'people.csv');
    await writeFile(file, 'email,name,role\nkim@example.com,Kim,member\nx,y,z\n');
    const report = { invited: 1, problems: [{ line: 3, message: 'This is not an email address.' }] };
    service.routes = { 'POST organizations/acme/invites/bulk': report };
    expect(await penumbra(['invite', 'bulk', file, '--org', 'acme'])).toEqual({
      code: 1,
      out: '1 person was invited.\nLine 3: This is not an email address.',
      err: '',
    });
    expect(service.seen.at(-1)?.body).toEqual({
      csv: 'email,name,role\nkim@example.com,Kim,member\nx,y,z\n',
    });
    service.routes = { 'POST organizations/acme/invites/bulk': { invited: 2, problems: [] } };
    const piped = await penumbra(['invite', 'bulk', '-', '--org', 'acme'], { input: 'email,name,role\n' });
    expect(piped).toEqual({ code: 0, out: '2 people were invited.', err: '' });
  });

  test('invite resend and revoke', async () => {
    service.routes = {
      'GET organizations/acme/invites': list,
      'POST organizations/acme/invites/sub-kim/resend': list,
      'POST organizations/acme/invites/sub-kim/revoke': { invites: [] },
    };
    const resent = await penumbra(['invite', 'resend', 'kim@example.com', '--org', 'acme']);
    expect(resent.out).toBe('A new link for kim@example.com is on its way by mail.');
    const revoked = await penumbra(['invite', 'revoke', 'sub-kim', '--org', 'acme', '--yes']);
    expect(revoked.out).toBe('The invitation of kim@example.com was taken back.');
    const unknown = await penumbra(['invite', 'resend', 'bo@example.com', '--org', 'acme']);
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('Nobody is invited to acme as bo@example.com.');
  });
});
