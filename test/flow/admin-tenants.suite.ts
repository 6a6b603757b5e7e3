import { describe, expect, it } from 'vitest';
import type { InviteWire, NewSiteWire } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { createIdentity } from '../world/identity.ts';
import { assertionOf, operatorToken, requestOperatorToken } from './admin-operator.ts';
import { ADMIN_ROUTES, type AdminRoute, type Ids } from './admin-routes.ts';
import { type Administrator, administrator, asOperator, newOrganization } from './administrator.ts';
import type { FlowWorld } from './flow-world.ts';
import { memberWithApp } from './shortcut.ts';
import { subjectOf } from './store.ts';

/** Nothing of one organisation is visible or reachable from another: every route, every foreign id, every role. */
export function adminTenantsSuite(world: () => FlowWorld): void {
  describe('admin tenants', () => {
    /** An organisation with something of everything, and its ids. */
    async function target(): Promise<{ readonly owner: Administrator; readonly ids: Ids }> {
      const owner = await administrator(world(), { organization: await newOrganization(world(), 'Target') });
      const person = await memberWithApp(world(), { organization: owner.organization, name: 'Tara Target' });
      const sub = await subjectOf(world(), person.email);
      const invited = { email: `${sub}@example.com`, name: 'Ivy Target', role: 'member' };
      const { sub: invite } = await owner.change<InviteWire>('/invites', invited);
      const { site } = await owner.change<NewSiteWire>('/sites', {
        name: 'Target site',
        redirectUris: ['https://target.example/cb'],
      });
      const reset = await owner.post(`/members/${sub}/reset`, { reason: 'To be found by nobody else' });
      const view = reset.status === 200 ? (reset.json() as { reset?: { id: string } }) : {};
      return {
        owner,
        ids: { sub, invite, site: site.clientId, reset: view.reset?.id ?? 'AAAAAAAAAAAAAAAAAAAAAA' },
      };
    }

    type Ask = (route: AdminRoute, organization: string) => Promise<Answer>;
    const asBrowser =
      (browser: Browser, ids: Ids): Ask =>
      (route, organization) => {
        const url = `${world().issuer}/api/organizations/${organization}${route.path(ids)}`;
        return route.method === 'GET' ? browser.getJson(url) : browser.postJson(url, route.body);
      };

    /** Tries all routes; gives those that answered anything but 401 and 404, or said anything of the target. */
    async function leaks(ask: Ask, organization: string, routes = ADMIN_ROUTES): Promise<string[]> {
      const found: string[] = [];
      for (const route of routes) {
        const { status, text, url } = await ask(route, organization);
        if (![401, 404].includes(status) || /target/i.test(text))
          found.push(`${route.method} ${url}: ${status} ${text}`);
      }
      return found;
    }

    const named = ADMIN_ROUTES.filter((route) => route.named);

    it('S87, S86: no role elsewhere, and nobody, sees or changes anything of an organisation', async () => {
      const { owner, ids } = await target();
      const own = await newOrganization(world(), 'Curious');
      const before = await stateOf(world(), owner.organization, ids);
      expect(Object.keys(before).length).toBeGreaterThan(10);

      const nobody = new Browser();
      await nobody.follow(`${world().issuer}/account`);
      expect(await leaks(asBrowser(nobody, ids), owner.organization)).toEqual([]);
      for (const role of ['member', 'admin', 'owner'] as const) {
        const curious = await administrator(world(), { organization: own, role });
        expect(await leaks(asBrowser(curious.browser, ids), owner.organization)).toEqual([]);
        expect(await leaks(asBrowser(curious.browser, ids), own, named)).toEqual([]);
      }
      const suspended = await administrator(world(), { organization: own });
      await world().redis.hSet(key.account(suspended.sub), 'status', 'suspended');
      for (const organization of [owner.organization, own]) {
        expect(await leaks(asBrowser(suspended.browser, ids), organization)).toEqual([]);
      }
      expect(await stateOf(world(), owner.organization, ids)).toEqual(before);
    });

    it('S54, S87: a plain member of the organisation itself is nobody here', async () => {
      const { owner, ids } = await target();
      const before = await stateOf(world(), owner.organization, ids);
      const plain = await administrator(world(), { organization: owner.organization, role: 'member' });
      expect(await leaks(asBrowser(plain.browser, ids), owner.organization)).toEqual([]);
      // Besides that there is one member more, who has signed in; what they tried is not in the log of administration.
      const after = await stateOf(world(), owner.organization, ids);
      const ofSignIns =
        /^(members|member-(texts|sign-ins)|covered|coverage|stats|audit-log):(?!.*:group:admin$)/;
      const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
      expect(changed.filter((name) => !ofSignIns.test(name))).toEqual([]);
    });

    it('S64, S87: without an operator’s token, with a strange or an old one, there is nothing', async () => {
      const { owner, ids } = await target();
      const before = await stateOf(world(), owner.organization, ids);
      const strange = (await createIdentity()).operatorKey;
      expect(
        (await requestOperatorToken(world(), await assertionOf(world(), { key: strange }))).status,
      ).not.toBe(200);
      const good = await operatorToken(world());
      const [header = '', claims = ''] = good.split('.');
      const tokens = ['', 'x', owner.browser.csrfToken(world().issuer) ?? '', `${header}.${claims}.AAAA`];
      const withToken =
        (token: string): Ask =>
        (route, organization) =>
          asOperator(
            world(),
            organization,
            route.path(ids),
            route.method === 'GET' ? undefined : route.body,
            token,
          );
      for (const token of tokens) expect(await leaks(withToken(token), owner.organization)).toEqual([]);
      // The names of one organisation say nothing in another, to an operator either.
      const other = await newOrganization(world(), 'Curious');
      expect(await leaks(withToken(good), other, named)).toEqual([]);
      expect(await leaks(withToken(good), 'nowhere')).toEqual([]);
      await world().advance(301);
      expect(await leaks(withToken(good), owner.organization)).toEqual([]);
      expect(await stateOf(world(), owner.organization, ids)).toEqual(before);
    });
  });
}

/** Gives all that the store holds under the names of an organisation and what belongs to it. */
async function stateOf(
  world: FlowWorld,
  organization: string,
  ids: Ids,
): Promise<Readonly<Record<string, string>>> {
  const { redis } = world;
  const words = [organization, ids.sub, ids.invite, ids.site, ids.reset];
  const state: Record<string, string> = {};
  for await (const keys of redis.scanIterator({ COUNT: 1000 })) {
    for (const name of keys.filter((one) => words.some((word) => one.split(':').includes(word)))) {
      if (name.startsWith('limit:')) continue;
      const type = await redis.type(name);
      if (type === 'hash') state[name] = JSON.stringify(sorted(await redis.hGetAll(name)));
      else if (type === 'zset') state[name] = JSON.stringify(await redis.zRangeWithScores(name, 0, -1));
      else if (type === 'set') state[name] = JSON.stringify((await redis.sMembers(name)).toSorted());
      else if (type === 'list') state[name] = JSON.stringify(await redis.lRange(name, 0, -1));
      else state[name] = String(await redis.get(name));
    }
  }
  return state;
}

function sorted(record: object): [string, string][] {
  return Object.entries(record as Readonly<Record<string, string>>).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
}
