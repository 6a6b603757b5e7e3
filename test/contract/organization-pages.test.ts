// What administrators open costs one round trip, whatever the organisation has grown to.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditPage } from '../../worker/interaction/wire.ts';
import { growOrganization, subOf } from '../bench/load-organization.ts';
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization } from '../support/in-process-person.ts';
import { openOperatorApi } from '../world/operator-api.ts';

const SIZE = { members: 600, entries: 6000 };

let service: InProcessService;
let token: string;

beforeAll(async () => {
  service = await startInProcess();
  await makeOrganization(service, 'grown');
  await growOrganization(service.redis, 'grown', { members: 0, entries: 0 }, SIZE, service.now());
  ({ token } = await openOperatorApi(service.operator, service.now()));
});

afterAll(async () => {
  await service.stop();
});

async function ask(path: string, body?: object): Promise<{ readonly trips: number; readonly text: string }> {
  const send = (): Promise<Response> =>
    fetch(`${service.operator.url}/api/admin/organizations/grown${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  // Once, so that the script is known.
  await (await send()).text();
  const before = service.requests();
  const answer = await send();
  const text = await answer.text();
  expect(answer.status).toBe(200);
  return { trips: service.requests() - before, text };
}

describe('organisation pages', () => {
  it.each([
    '/audit',
    '/audit?group=factor',
    `/audit?member=${subOf(7)}&group=sign_in`,
    '/overview',
    '/policy',
  ])('design, round trips: %s asks 1', async (path) => {
    expect((await ask(path)).trips).toBe(1);
  });

  it('design, round trips: the dry run of a policy asks one for 500 members, an export one for 500 entries', async () => {
    const tried = await ask('/policy/try', { policy: { least: 'aal2' } });
    expect(tried.trips).toBe(2);
    expect(JSON.parse(tried.text)).toMatchObject({
      members: 600,
      fine: 540,
      mustEnroll: 60,
      incomplete: false,
    });
    const exported = await ask('/audit.jsonl');
    const lines = exported.text.trimEnd().split('\n');
    expect(exported.trips).toBe(Math.ceil(lines.length / 500));
    expect(lines.length).toBeGreaterThanOrEqual(SIZE.entries);
  });

  it('pages hold a hundred entries, follow one another and end', async () => {
    const seen = new Set<string>();
    for (let next: string | undefined = ''; next !== undefined;) {
      const { text } = await ask(next === '' ? '/audit' : `/audit?cursor=${next}`);
      const page = JSON.parse(text) as AuditPage;
      for (const { id } of page.entries) seen.add(id);
      expect(page.next === undefined || page.entries.length === 100).toBe(true);
      next = page.next;
    }
    expect(seen.size).toBe(await service.redis.zCard('audit-log:grown'));
  });
});
