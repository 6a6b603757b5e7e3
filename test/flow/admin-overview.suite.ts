// What the charts of the administration are drawn from.
import { describe, expect, it } from 'vitest';
import type { OverviewWire } from '../../worker/interaction/wire.ts';
import { Browser } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import { memberOf, organizationWithOwner } from './audited.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey } from './person.ts';
import { expectProblem } from './portal.ts';

const DAY = 86_400;

export function adminOverviewSuite(world: () => FlowWorld): void {
  const dateAt = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

  describe('admin overview', () => {
    it('coverage is told for each day, with what the last change before its end left', async () => {
      const owner = await organizationWithOwner(world());
      const first = dateAt(world().now());
      const { organization } = owner;
      // Whoever only was invited has none, whatever else happens to them.
      await world().person({ organization });
      const app = await memberOf(world(), organization);
      expect((await app.portal.addApp()).enrollmentId).not.toBe('');
      const { coverage } = await owner.read<OverviewWire>('/overview');
      expect(coverage).toEqual([{ day: dateAt(world().now()), covered: 2, members: 3 }]);

      await world().advance(3 * DAY);
      await owner.signInAgain();
      const second = await memberOf(world(), organization);
      const later = (await owner.read<OverviewWire>('/overview')).coverage;
      expect(later[0]).toEqual({ day: first, covered: 2, members: 3 });
      expect(later.slice(1, -1).every(({ covered, members }) => covered === 2 && members === 3)).toBe(true);
      expect(later.at(-1)).toEqual({ day: dateAt(world().now()), covered: 3, members: 4 });

      const { person, portal } = second;
      expect((await portal.disable(person)).status).toBe(409);
      await world().advance(100 * DAY);
      await owner.signInAgain();
      const old = (await owner.read<OverviewWire>('/overview')).coverage;
      expect(old).toHaveLength(90);
      expect(old[0]).toMatchObject({ covered: 3, members: 4 });
    });

    it('sign-ins are counted by kind and result, each once, for the organisation alone', async () => {
      const owner = await organizationWithOwner(world());
      const other = await organizationWithOwner(world());
      const { person } = await memberOf(world(), owner.organization);
      const { enrollmentId, uri } = person;
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.go('identify', { email: person.email });
      await journey.post('password', { password: 'not the password of anybody' });
      await journey.go('password', { password: person.password });
      await journey.post('challenge', { enrollmentId, code: totpCode(uri, world().now() - 3600) });
      await journey.go('challenge', { enrollmentId, code: totpCode(uri, world().now()) });
      const day = dateAt(world().now());
      const { signIns } = await owner.read<OverviewWire>('/overview');
      expect(signIns).toHaveLength(3);
      expect(signIns).toContainEqual({ day, kind: 'password', result: 'failed', count: 1 });
      expect(signIns).toContainEqual({ day, kind: 'totp', result: 'failed', count: 1 });
      expect(signIns).toContainEqual({ day, kind: 'totp', result: 'ok', count: 1 });
      expect((await other.read<OverviewWire>('/overview')).signIns).toEqual([]);
    });

    it('S87 nobody but an administrator of the organisation sees it', async () => {
      const [owner, other] = [await organizationWithOwner(world()), await organizationWithOwner(world())];
      expect(await owner.read<OverviewWire>('/overview')).toMatchObject({
        organization: { id: owner.organization, name: 'A company' },
        role: 'owner',
        helpRequests: 0,
      });
      expectProblem(await other.get('/overview', owner.organization), 404, 'not_found');
    });
  });
}
