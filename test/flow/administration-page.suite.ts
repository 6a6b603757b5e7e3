import { describe, expect, it } from 'vitest';
import { key } from '../../worker/storage-keys.ts';
import { Browser } from '../support/browser.ts';
import { readAttribute } from '../support/page.ts';
import type { FlowWorld } from './flow-world.ts';
import { signIn } from './person.ts';
import { atPortal } from './portal.ts';
import { subjectOf } from './store.ts';

/** Who is shown the page of the administration, and what lies below its address. */
export function administrationPageSuite(world: () => FlowWorld): void {
  describe('the page of the administration', () => {
    const url = (path: string): string => `${world().issuer}${path}`;

    const makeAdministrator = async (email: string): Promise<void> => {
      const account = key.account(await subjectOf(world(), email));
      const record = await world().redis.hGetAll(account);
      const field = Object.keys(record).find((name) => name.startsWith('member:')) ?? '';
      await world().redis.hSet(account, field, 'admin');
    };

    it('is for who administers an organisation; a member is told so, anybody else signs in and comes back', async () => {
      const { person, portal } = await atPortal(world());
      const { browser } = person;
      const refused = await browser.open(url('/admin'));
      expect([refused.status, refused.text.includes('You administer no organisation')]).toEqual([403, true]);
      expect(refused.text).not.toContain('penumbra-administration');
      expect((await portal.view()).administers).toBe(false);

      await makeAdministrator(person.email);
      const page = await browser.open(url('/admin'));
      expect([page.status, readAttribute(page.text, 'penumbra-administration', 'data-service-name')]).toEqual(
        [200, 'Penumbra'],
      );
      expect((await portal.view()).administers).toBe(true);

      expect(await signIn(world(), new Browser(), url('/admin'), person)).toBe(url('/admin'));
    });

    it('S42: a fresh sign-in for an act of the administration leads back to it', async () => {
      const { person } = await atPortal(world());
      await makeAdministrator(person.email);
      expect(await signIn(world(), person.browser, url('/admin/verify'), person)).toBe(url('/admin'));
    });

    it('S67, bug 35: nothing lies below it, signed in or not', async () => {
      const { person } = await atPortal(world());
      await makeAdministrator(person.email);
      for (const browser of [person.browser, new Browser()]) {
        for (const path of [
          '/admin/x.css',
          '/admin.css',
          '/admin%2fx.css',
          '/admin;x.css',
          '/admin/example/members',
        ]) {
          const answer = await browser.send(url(path), { headers: { accept: 'text/html' } });
          expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 404, 'no-store']);
        }
      }
    });
  });
}
