// What is taken away of a log: by administrators, and by whom it is about.
import { describe, expect, it } from 'vitest';
import type { AuditEntryWire } from '../../worker/interaction/wire.ts';
import { Browser } from '../support/browser.ts';
import { fillLog, memberOf, organizationWithOwner, rename } from './audited.ts';
import type { FlowWorld } from './flow-world.ts';
import { expectProblem } from './portal.ts';

export function auditExportSuite(world: () => FlowWorld): void {
  describe('audit export', () => {
    it('S70 the export has every entry that fits, as CSV and as JSON lines', async () => {
      const owner = await organizationWithOwner(world());
      const { sub, portal } = await memberOf(world(), owner.organization);
      await rename(portal, 'Ex Port');
      await fillLog(world(), owner.organization, sub, 1200);
      const jsonl = await owner.get(`/audit.jsonl?member=${sub}`);
      expect(jsonl.status).toBe(200);
      expect(jsonl.headers.get('content-type')).toMatch(/^application\/jsonl/);
      const lines = jsonl.text.trimEnd().split('\n');
      const entries = lines.map((line) => JSON.parse(line) as AuditEntryWire);
      expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
      expect(entries.filter(({ type }) => type === 'factor.rename')).toHaveLength(1200);
      const csv = await owner.get(`/audit.csv?member=${sub}`);
      expect(csv.headers.get('content-disposition')).toBe(
        `attachment; filename="audit-${owner.organization}.csv"`,
      );
      expect(csv.headers.get('cache-control')).toMatch(/no-store/);
      expect(csv.text.trimEnd().split('\r\n')).toHaveLength(entries.length + 1);
      const some = await owner.get(`/audit.csv?member=${sub}&group=account`);
      expect(some.text.split('\r\n').filter((line) => line.includes('profile.change'))).toHaveLength(1);
      expect(some.text).not.toContain('factor.rename');
    });

    it('S70 what people chose is no formula in the export', async () => {
      const owner = await organizationWithOwner(world());
      const { sub, portal } = await memberOf(world(), owner.organization);
      await rename(portal, '=HYPERLINK("https://evil.example","x")');
      const answer = await portal.browser.postJson(
        `${world().issuer}/api/account/profile`,
        { name: '=cmd|x' },
        { 'user-agent': '@SUM(1+1)*cmd|calc' },
      );
      expect(answer.status).toBe(200);
      const { text } = await owner.get(`/audit.csv?member=${sub}`);
      expect(text).toContain('"\'=cmd|x"');
      expect(text).toContain('"\'@SUM(1+1)*cmd|calc"');
      expect(text).not.toMatch(/(^|,)"?[=@+-]/m);
    });

    it('S70 one’s own activity can be taken away as CSV, and nobody else’s', async () => {
      const owner = await organizationWithOwner(world());
      const { portal } = await memberOf(world(), owner.organization);
      await rename(portal, '=1+1');
      const answer = await portal.browser.getJson(portal.api('/activity.csv'));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
      const [heading, newest] = answer.text.split('\r\n');
      expect(heading).toBe('time,event,result,address,country,device');
      expect(newest).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,profile\.change,ok,/);
      expectProblem(
        await new Browser().getJson(`${world().issuer}/api/account/activity.csv`),
        401,
        'login_required',
      );
    });
  });
}
