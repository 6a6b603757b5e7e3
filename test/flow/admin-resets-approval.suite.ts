// Resets of administrators: none of them decides alone where another one can be asked.
import { describe, expect, it } from 'vitest';
import type { FactorResetWire } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import { readMail } from '../support/outbox-reader.ts';
import { administrator, asOperator } from './administrator.ts';
import type { FlowWorld } from './flow-world.ts';
import { expectProblem } from './portal.ts';
import { type Company, enrollmentFields, type Pending, resettingCompany } from './reset-company.ts';

const HOUR = 3600;

export function adminResetsApprovalSuite(world: () => FlowWorld): void {
  const company = (delaySeconds = 0): Promise<Company> => resettingCompany(world(), delaySeconds);
  const enrollmentsOf = (sub: string): Promise<readonly string[]> => enrollmentFields(world(), sub);

  describe('resets of administrators', () => {
    it('S46: of an administrator it takes a second one; nobody agrees twice, to their own, or for themselves', async () => {
      const { id, ada } = await company();
      const bob = await administrator(world(), { organization: id, name: 'Bob', role: 'admin' });
      const eve = await administrator(world(), { organization: id, name: 'Eve' });
      await ada.signInAgain();
      const { reset } = await ada.change<{ readonly reset: FactorResetWire }>(`/members/${eve.sub}/reset`, {
        reason: 'Lost',
      });
      expect(reset).toMatchObject({ approvalsNeeded: 1, approvals: [], mayApprove: false });
      await world().advance(1);
      await world().workOff();
      expect(await enrollmentsOf(eve.sub)).toHaveLength(1);
      const mail = await readMail(world().outbox, eve.person.email, /about to be reset/);
      expect(mail.text).toContain('once another administrator has agreed');
      for (const one of [ada, eve]) {
        expectProblem(await one.post(`/resets/${reset.id}/approve`), 403, 'not_allowed');
      }
      await bob.signInAgain();
      const [seen] = (await bob.read<Pending>('/resets')).resets;
      expect(seen?.mayApprove).toBe(true);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => bob.post(`/resets/${reset.id}/approve`)),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await enrollmentsOf(eve.sub)).toEqual([]);
    });

    it('S46: whoever asked and is no administrator any more counts no longer', async () => {
      const { id, ada } = await company();
      const bob = await administrator(world(), { organization: id, role: 'admin' });
      const eve = await administrator(world(), { organization: id });
      await bob.signInAgain();
      const { reset } = await bob.change<{ readonly reset: FactorResetWire }>(`/members/${eve.sub}/reset`, {
        reason: 'Lost',
      });
      await world().redis.hSet(key.account(bob.sub), { [`member:${id}`]: 'member' });
      await ada.signInAgain();
      expectProblem(await ada.post(`/resets/${reset.id}/approve`), 403, 'not_allowed');
      expect((await ada.change<Pending>(`/resets/${reset.id}/cancel`)).resets).toEqual([]);
      await readMail(world().outbox, eve.person.email, /called off/);
      expect(await enrollmentsOf(eve.sub)).toHaveLength(1);
    });

    it('S46: where there is only one other administrator, it takes 72 hours; an operator is one of two', async () => {
      const { id, ada } = await company();
      const eve = await administrator(world(), { organization: id });
      await ada.signInAgain();
      const { reset } = await ada.change<{ readonly reset: FactorResetWire }>(`/members/${eve.sub}/reset`, {
        reason: 'Lost',
      });
      expect(reset).toMatchObject({ approvalsNeeded: 0 });
      expect(reset.notBefore - reset.at).toBe(72 * HOUR);
      await ada.change(`/resets/${reset.id}/cancel`);
      const asked = await asOperator(world(), id, `/members/${eve.sub}/reset`, { reason: 'Lost' });
      const filed = (asked.json() as { readonly reset: FactorResetWire }).reset;
      expect(filed).toMatchObject({ approvalsNeeded: 1 });
      expectProblem(await asOperator(world(), id, `/resets/${filed.id}/approve`, {}), 403, 'not_allowed');
      await ada.change(`/resets/${filed.id}/approve`);
      expect(await enrollmentsOf(eve.sub)).toEqual([]);
    });

    it('S46: a request that nobody agrees to ends after a week', async () => {
      const { id, ada } = await company();
      const bob = await administrator(world(), { organization: id });
      const eve = await administrator(world(), { organization: id });
      await ada.signInAgain();
      const { reset } = await ada.change<{ readonly reset: FactorResetWire }>(`/members/${eve.sub}/reset`, {
        reason: 'Lost',
      });
      await world().advance(7 * 24 * HOUR);
      await bob.signInAgain();
      expect((await bob.read<Pending>('/resets')).resets).toEqual([]);
      expectProblem(await bob.post(`/resets/${reset.id}/approve`), 404, 'not_found');
      expect(await enrollmentsOf(eve.sub)).toHaveLength(1);
    });
  });
}
