// Ten thousand members: a page of them costs one round trip, whatever is asked, and so do their counts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberPage } from '../../worker/interaction/wire.ts';
import { foldName } from '../../worker/accounts/account.ts';
import { MEMBER_INDEX } from '../../worker/accounts/member-index.lua.ts';
import { defineStep } from '../../worker/ports/redis.ts';
import { assertionOf } from '../flow/admin-operator.ts';
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization } from '../support/in-process-person.ts';
import { key } from '../../worker/storage-keys.ts';

const MEMBERS = 10_000;

let service: InProcessService;
let token: string;

beforeAll(async () => {
  service = await startInProcess();
  await makeOrganization(service);
  await fill();
  const answer = await fetch(`${service.operator.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'admin',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertionOf(service),
    }),
  });
  token = ((await answer.json()) as { readonly access_token: string }).access_token;
});

afterAll(async () => {
  await service.stop();
});

/** Makes accounts as sign-ins would leave them, and has each indexed as a step does it. */
async function fill(): Promise<void> {
  const reindex = defineStep({
    name: 'reindex',
    keys: [],
    changes: false,
    lua: `${MEMBER_INDEX}
for _, sub in ipairs(args.subs) do reindex(sub) end
return { status = 'ok' }`,
  });
  for (let from = 0; from < MEMBERS; from += 500) {
    const numbers = Array.from({ length: 500 }, (_one, at) => from + at);
    const batch = service.redis.multi();
    for (const number of numbers) {
      const name = `Person ${String(number).padStart(5, '0')} of ${number % 7}`;
      batch.hSet(key.account(`s${number}`), {
        ...{
          email: `p${number}@example.com`,
          name,
          folded: foldName(name),
          status: 'active',
          home: 'example',
        },
        ...{
          epoch: '1',
          version: '1',
          'member:example': 'member',
          lastSignInAt: String(1_700_000_000 + number),
        },
      });
    }
    await batch.exec();
    const args = JSON.stringify({ now: service.now(), subs: numbers.map((number) => `s${number}`) });
    await service.redis.eval(reindex.lua, { keys: [], arguments: [args, '[]', ''] });
  }
}

async function read(
  query: string,
): Promise<{ readonly page: MemberPage; readonly steps: number; readonly requests: number }> {
  const before = { steps: service.steps(), requests: service.requests() };
  const answer = await fetch(`${service.operator.url}/api/admin/organizations/example/members${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`${query}: ${answer.status} ${await answer.text()}`);
  const page = (await answer.json()) as MemberPage;
  return { page, steps: service.steps() - before.steps, requests: service.requests() - before.requests };
}

describe('ten thousand members', () => {
  it.each([
    ['', 'Person 00000 of 0'],
    ['?sort=last_sign_in', 'Person 09999 of 3'],
    ['?filter=no_factor', 'Person 00000 of 0'],
    ['?search=person%2004', 'Person 04000 of 3'],
    ['?search=of%206', 'Person 01000 of 6'],
    ['?search=p9999', 'Person 09999 of 3'],
  ])('design, round trips: a page of them (%s) asks one', async (query, first) => {
    await read(query);
    const { page, steps, requests } = await read(query);
    expect([steps, requests]).toEqual([1, 1]);
    expect(page.members[0]?.name).toBe(first);
    expect(page.counts).toMatchObject({ all: MEMBERS, no_factor: MEMBERS, totp: 0 });
  });

  it('design, round trips: the last page comes as the first', async () => {
    let next = '';
    let seen = 0;
    for (;;) {
      const { page, steps } = await read(`?sort=last_sign_in${next}`);
      expect(steps).toBe(1);
      seen += page.members.length;
      if (page.next === undefined) break;
      next = `&cursor=${page.next}`;
    }
    expect(seen).toBe(MEMBERS);
  });
});
