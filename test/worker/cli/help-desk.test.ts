// Resets, passes and the audit trail as an operator types them.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADA, ENTRY, NEW_PASS, NOON, pageOf, RESET, VIEW } from './answers.ts';
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

describe('resets', () => {
  const waiting = { resets: [RESET], help: [{ ...ADA, helpAskedAt: NOON }] };

  test('reset list', async () => {
    serve({ 'GET resets': waiting });
    const { out } = await penumbra(['reset', 'list']);
    expect(out).toMatch(
      /^ID +EMAIL +NAME +WHAT\nreset-1 +ada@example.com +Ada Example +the factor "My phone"/,
    );
    expect(out).toMatch(/ASKED FOR HELP .*\nada@example.com +Ada Example +2026-11-24 12:00 UTC/);
    serve({ 'GET resets': { resets: [], help: [] } });
    expect((await penumbra(['reset', 'list'])).out).toBe('No reset waits.\n\nNobody waits for help.');
  });

  test('reset request, of all factors, asks for the address', async () => {
    serve({ 'POST members/sub-ada/reset': VIEW });
    const ran = await penumbra(['reset', 'request', ada, '--reason', 'Lost'], { typed: [ada] });
    expect(ran.err).toContain(
      'This asks for a reset of all factors of Ada Example <ada@example.com> in acme.',
    );
    expect(ran.out).toContain('one more administrator has to approve it');
    expect(service.seen.at(-1)?.body).toEqual({ reason: 'Lost' });
    serve({ 'POST members/sub-ada/reset': { ...VIEW, reset: undefined } });
    const atOnce = await penumbra(['reset', 'request', ada, '--reason', 'Lost', '--yes']);
    expect(atOnce.out).toContain('It is carried out');
  });

  test.each(['e1', 'My phone'])('reset request of the factor %s', async (factor) => {
    serve({ 'GET members/sub-ada': VIEW, 'POST members/sub-ada/reset': VIEW });
    const ran = await penumbra(['reset', 'request', ada, '--reason', 'Lost', '--factor', factor, '--yes']);
    expect(ran.code).toBe(0);
    expect(service.seen.at(-1)?.body).toEqual({ reason: 'Lost', enrollmentId: 'e1' });
  });

  test('reset request of a factor that is not there, or could be two', async () => {
    serve({ 'GET members/sub-ada': VIEW });
    const args = ['reset', 'request', ada, '--reason', 'Lost', '--yes', '--factor'];
    expect((await penumbra([...args, 'e9'])).err).toContain('has no factor "e9"');
    const twice = { ...VIEW, factors: VIEW.factors.map((one) => ({ ...one, name: 'Mine' })) };
    serve({ 'GET members/sub-ada': twice });
    expect((await penumbra([...args, 'Mine'])).err).toContain('several factors of the name "Mine"');
    expect(service.asked().filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  test('reset approve asks for the address of whose it is; cancel does not', async () => {
    serve({
      'GET resets': waiting,
      'POST resets/reset-1/approve': { ...waiting, resets: [{ ...RESET, approvals: ['Bo', 'operator-1'] }] },
      'POST resets/reset-1/cancel': { resets: [], help: [] },
    });
    const approved = await penumbra(['reset', 'approve', 'reset-1'], { typed: [ada] });
    expect(approved.out).toContain('is approved.\n');
    expect(approved.out).toContain('It is carried out from 2026-11-24 13:00 UTC on.');
    expect((await penumbra(['reset', 'cancel', 'reset-1'])).out).toContain('is cancelled.');
    expect((await penumbra(['reset', 'cancel', 'reset-9'])).err).toContain('No reset reset-9 waits in acme.');
  });

  test('reset dismiss', async () => {
    serve({ 'POST members/sub-ada/help/dismiss': VIEW });
    expect((await penumbra(['reset', 'dismiss', ada])).out).toContain('The call for help of Ada Example');
  });
});

describe('passes', () => {
  test('S48a pass issue prints the code once, on standard output', async () => {
    serve({ 'POST members/sub-ada/pass': NEW_PASS });
    const ran = await penumbra(['pass', 'issue', ada, '--minutes', '30']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out.match(/ABCD-EFGH-JKLM/g)).toHaveLength(1);
    expect(ran.out).toContain('good until 2026-11-24 13:00 UTC');
    expect(service.seen.at(-1)?.body).toEqual({ minutes: 30 });
    await penumbra(['pass', 'issue', ada]);
    expect(service.seen.at(-1)?.body).toEqual({});
  });

  test('pass approve and revoke', async () => {
    serve({ 'POST members/sub-ada/pass/approve': VIEW, 'POST members/sub-ada/pass/revoke': VIEW });
    expect((await penumbra(['pass', 'approve', ada])).out).toContain('is approved.');
    expect((await penumbra(['pass', 'revoke', ada, '--yes'])).out).toContain('is void.');
  });
});

describe('audit', () => {
  const page = { entries: [ENTRY], next: 'older' };

  test('audit list filters, and says that there is more', async () => {
    serve({ 'GET audit?member=sub-ada&group=sign_in&from=1795478400&to=1795564799': page });
    const { out } = await penumbra([
      ...[
        'audit',
        'list',
        '--member',
        ada,
        '--group',
        'sign_in',
        '--from',
        '2026-11-24',
        '--to',
        '2026-11-24',
      ],
      ...['--limit', '1'],
    ]);
    expect(out.split('\n')).toEqual([
      'TIME                  WHAT              RESULT      MEMBER       SITE  FROM          DETAILS',
      '2026-11-24 12:00 UTC  challenge.answer  wrong_code  Ada Example  c1    192.0.2.1 DK  kind=totp',
      '',
      'There is more: narrow it by --from and --to, raise --limit, or use audit export.',
    ]);
  });

  test('audit list reads on to its limit; a "sub" is taken as it is', async () => {
    serve({
      'GET audit?member=gone': page,
      'GET audit?member=gone&cursor=older': { entries: [ENTRY, ENTRY] },
    });
    const { out } = await penumbra(['audit', 'list', '--member', 'gone', '--limit', '2', '--json']);
    expect(JSON.parse(out)).toEqual({ entries: [ENTRY, ENTRY] });
    expect(service.asked()).toHaveLength(2);
  });

  test('S70 audit export hands all of it on, or fills a file that only its owner can read', async () => {
    serve({ 'GET audit.jsonl': '{"a":1}\n{"a":2}\n', 'GET audit.csv?from=1795521600': 'at\n1\n' });
    expect((await penumbra(['audit', 'export', '--format', 'jsonl'])).out).toBe('{"a":1}\n{"a":2}');
    const file = join(service.root, 'audit.csv');
    const args = ['audit', 'export', '--format', 'csv', '--from', '2026-11-24T12:00Z', '--out', file];
    expect(await penumbra(args)).toEqual({
      code: 0,
      out: `It is in ${file}, readable by you alone.`,
      err: '',
    });
    expect(await readFile(file, 'utf8')).toBe('at\n1\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const again = await penumbra(args);
    expect(again).toMatchObject({ code: 2, out: '' });
    expect(again.err).toContain('nothing is overwritten');
  });

  test('an export that breaks off is exit code 1, and leaves no part of a file', async () => {
    serve({ 'GET audit.csv': 'at\n1\n' });
    service.breaksOff = true;
    const file = join(service.root, 'audit.csv');
    const ran = await penumbra(['audit', 'export', '--format', 'csv', '--out', file]);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain('broke off');
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });
});
